using Garm.Data.Model;

namespace Garm.Data.Files;

/// <summary>Reads and sets the tags of files.</summary>
public static class FileTags
{
    /// <summary>The tags that identify an agent's binary.</summary>
    public const string AgentTool = "category=garm-agent";

    /// <summary>Parses tags that are separated by commas: lower case, trimmed, without duplicates; parts that are empty before trimming are left out.</summary>
    public static IReadOnlyList<string> Parse(string? text) =>
        [.. (text ?? "").Split(',').Where(x => x.Length > 0).Select(Normalize).Distinct()];

    /// <summary>A tag as it is stored.</summary>
    public static string Normalize(string? tag) => (tag ?? "").Trim().ToLowerInvariant();

    /// <summary>The rest of the first tag with this prefix; empty when there is none.</summary>
    internal static string ValueOf(FileObject file, string beginning) => file.Tags.OrderBy(x => x.Place).Select(x => x.Tag)
        .FirstOrDefault(x => x.StartsWith(beginning, StringComparison.Ordinal))?[beginning.Length..] ?? "";

    /// <summary>Sets the tags of a file, in this order.</summary>
    internal static void Set(GarmDbContext db, FileObject file, IReadOnlyList<string> tags)
    {
        var rows = file.Tags.OrderBy(x => x.Place).ToList();
        for (var i = 0; i < tags.Count; i++)
        {
            if (i < rows.Count) rows[i].Tag = tags[i];
            else file.Tags.Add(new FileObjectTag { FileObject = file, Place = i, Tag = tags[i] });
        }

        // Removed as rows, because a row that is removed from the list loses its owner's key.
        db.RemoveRange(rows.Skip(tags.Count));
    }
}
