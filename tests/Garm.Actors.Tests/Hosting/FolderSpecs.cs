using System.Text.RegularExpressions;

namespace Garm.Actors.Tests.Hosting;

/// <summary>The folders of <c>Garm.Actors</c> refer to each other in one direction.</summary>
public sealed partial class FolderSpecs
{
    [Fact]
    public void NoFolder_ShouldReferToItself_ByWayOfOthers()
    {
        var root = FindRoot(AppContext.BaseDirectory);
        var folders = Directory.GetDirectories(Path.Combine(root, "src", "Garm.Actors"))
            .Where(x => Path.GetFileName(x) is not ("bin" or "obj"))
            .ToDictionary(x => Path.GetFileName(x), ReferencesOf);
        Assert.True(folders.Count > 5);

        // Whoever refers only to what is taken away already can be taken away; a circle stays.
        while (folders.FirstOrDefault(x => !x.Value.Overlaps(folders.Keys.Where(y => y != x.Key))) is { Key: { } free }) folders.Remove(free);

        Assert.Empty(folders.Select(x => $"{x.Key} → {string.Join(", ", x.Value.Intersect(folders.Keys))}"));
    }

    private static HashSet<string> ReferencesOf(string folder) =>
    [
        .. Directory.GetFiles(folder, "*.cs").SelectMany(File.ReadLines)
            .Where(x => !x.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(x => Reference().Matches(x))
            .Select(x => x.Groups["folder"].Value)
    ];

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "Garm.slnx"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Garm.slnx is in no folder above the tests"));

    [GeneratedRegex(@"\bGarm\.Actors\.(?<folder>[A-Z]\w+)")]
    private static partial Regex Reference();
}
