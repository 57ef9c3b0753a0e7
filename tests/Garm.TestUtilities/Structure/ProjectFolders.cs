using System.Text.RegularExpressions;

namespace Garm.TestUtilities.Structure;

/// <summary>Finds which folders of a project refer to which others, by the namespaces that their files name.</summary>
public static partial class ProjectFolders
{
    /// <summary>
    /// The folders that refer to each other in a circle, each as <c>Folder → its references in the circle</c>. Files directly
    /// in the project's folder are left out: they are the composition root and may refer to all folders.
    /// </summary>
    /// <param name="project">A project under <c>src</c> whose namespaces equal its folders, such as <c>Garm.Data</c>.</param>
    /// <exception cref="InvalidOperationException">Fewer than two folders were found, so nothing would be tested.</exception>
    public static IReadOnlyList<string> FindCircles(string project)
    {
        var folders = Directory.GetDirectories(Path.Combine(SourceTree.Root, "src", project))
            .Where(x => Path.GetFileName(x) is not ("bin" or "obj" or "Properties"))
            .ToDictionary(x => Path.GetFileName(x), x => ReferencesOf(x, project));
        if (folders.Count < 2) throw new InvalidOperationException($"src/{project} has fewer than two folders");

        // A folder that refers only to folders outside all circles is outside too.
        while (folders.FirstOrDefault(x => !x.Value.Overlaps(folders.Keys.Where(y => y != x.Key))) is { Key: { } free }) folders.Remove(free);
        return [.. folders.Select(x => $"{x.Key} → {string.Join(", ", x.Value.Intersect(folders.Keys).Where(y => y != x.Key))}")];
    }

    /// <summary>The files whose namespace differs from their folder, by their paths in the project.</summary>
    public static IReadOnlyList<string> FindStrayNamespaces(string project)
    {
        var root = Path.Combine(SourceTree.Root, "src", project);
        return
        [
            .. FilesIn(root)
                .Where(x => Namespace().Match(File.ReadAllText(x)) is { Success: true } found
                    && found.Groups["name"].Value != NamespaceOf(Path.GetRelativePath(root, Path.GetDirectoryName(x)!), project))
                .Select(x => Path.GetRelativePath(root, x)),
        ];
    }

    private static string NamespaceOf(string folder, string project) =>
        folder == "." ? project : $"{project}.{folder.Replace(Path.DirectorySeparatorChar, '.')}";

    private static HashSet<string> ReferencesOf(string folder, string project)
    {
        var reference = new Regex($@"(?<![\w.]){Regex.Escape(project)}\.(?<folder>[A-Z]\w*)", RegexOptions.CultureInvariant);
        return
        [
            .. FilesIn(folder).SelectMany(File.ReadLines)
                .Where(x => !x.TrimStart().StartsWith("//", StringComparison.Ordinal))
                .SelectMany(x => reference.Matches(x))
                .Select(x => x.Groups["folder"].Value),
        ];
    }

    private static IEnumerable<string> FilesIn(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(x => !x.Split(Path.DirectorySeparatorChar).Any(y => y is "bin" or "obj"));

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Namespace();
}
