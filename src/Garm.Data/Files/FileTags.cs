using Garm.Data.Model;

namespace Garm.Data.Files;

/// <summary>Reads and sets the tags of files.</summary>
public static class FileTags
{
    /// <summary>What an agent's binary is known by.</summary>
    public const string AgentTool = "category=garm-agent";

    /// <summary>Reads tags with commas between them: lower case, trimmed, each once; what is empty before it is trimmed is left out.</summary>
    public static IReadOnlyList<string> Parse(string? text) =>
        [.. (text ?? "").Split(',').Where(x => x.Length > 0).Select(Normalize).Distinct()];

    /// <summary>A tag as it is stored.</summary>
    public static string Normalize(string? tag) => (tag ?? "").Trim().ToLowerInvariant();

    /// <summary>The rest of the first tag that begins so; empty when there is none.</summary>
    internal static string ValueOf(FileObject file, string beginning) => file.Tags.OrderBy(x => x.Place).Select(x => x.Tag)
        .FirstOrDefault(x => x.StartsWith(beginning, StringComparison.Ordinal))?[beginning.Length..] ?? "";

    /// <summary>Gives the file these tags, in this order, and no others.</summary>
    internal static void Set(GarmDbContext db, FileObject file, IReadOnlyList<string> tags)
    {
        var rows = file.Tags.OrderBy(x => x.Place).ToList();
        for (var i = 0; i < tags.Count; i++)
        {
            if (i < rows.Count) rows[i].Tag = tags[i];
            else file.Tags.Add(new FileObjectTag { FileObject = file, Place = i, Tag = tags[i] });
        }

        // Removed as rows and not from the list, which would make them forget whose they were.
        db.RemoveRange(rows.Skip(tags.Count));
    }
}
