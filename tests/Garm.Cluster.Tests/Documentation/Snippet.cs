using System.Text.RegularExpressions;
using Garm.Cluster.Tests.Support;

namespace Garm.Cluster.Tests.Documentation;

/// <summary>A block of code in a page.</summary>
/// <param name="Page">The page, relative to the repository.</param>
/// <param name="Line">The number of its first line, from 1.</param>
/// <param name="Language">The fence's language; empty for an indented block.</param>
/// <param name="Lines">Its lines, without the indentation of the block.</param>
internal sealed record Snippet(string Page, int Line, string Language, IReadOnlyList<string> Lines)
{
    public string Text => string.Join('\n', Lines);

    public override string ToString() => $"{Page}:{Line} ({(Language.Length > 0 ? Language : "indented")})";
}

/// <summary>Finds the blocks of code of every page.</summary>
internal static partial class Snippets
{
    // The first is compared with code that compiles by PackageReadmeSpecs; the others describe the command line, and its suite tests it.
    private static readonly string[] TestedElsewhere = ["src/Garm.Client/README.md", "docs/garmctl.md"];

    /// <summary>The pages for people, relative to the repository.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        "README.md", "CONTRIBUTING.md", "clients/typescript/README.md", .. PagesIn("docs"), .. PagesIn("samples"),
    ];

    public static IReadOnlyList<Snippet> All { get; } =
        [.. Pages.Except(TestedElsewhere).SelectMany(page => Of(page, Repository.Read(page).Split('\n')))];

    /// <summary>The blocks of a page: fenced ones, and those that are indented by four spaces or more after an empty line.</summary>
    public static IEnumerable<Snippet> Of(string page, IReadOnlyList<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (Fence().Match(lines[i]) is { Success: true } fence)
            {
                var end = i + 1;
                while (end < lines.Count && lines[end].Trim() != "```") end++;
                yield return new Snippet(
                    page, i + 2, fence.Groups["language"].Value, Unindented(lines.Skip(i + 1).Take(end - i - 1), fence.Groups["indent"].Length));
                i = end;
            }
            else if (IsIndented(lines[i]) && (i == 0 || lines[i - 1].Trim().Length == 0) && !ListItem().IsMatch(lines[i]))
            {
                var end = i;
                while (end < lines.Count && IsIndented(lines[end])) end++;
                yield return new Snippet(page, i + 1, "", Unindented(lines.Skip(i).Take(end - i), lines[i].Length - lines[i].TrimStart().Length));
                i = end - 1;
            }
        }
    }

    private static IEnumerable<string> PagesIn(string folder) =>
        Directory.EnumerateFiles(Repository.PathOf(folder), "*.md", SearchOption.AllDirectories)
            .Select(x => Path.GetRelativePath(Repository.Root, x).Replace('\\', '/'))
            .Where(x => !x.Contains("/node_modules/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static bool IsIndented(string line) => line.StartsWith("    ", StringComparison.Ordinal) && line.Trim().Length > 0;

    private static IReadOnlyList<string> Unindented(IEnumerable<string> lines, int indent) =>
        [.. lines.Select(x => x.Length >= indent && x[..indent].Trim().Length == 0 ? x[indent..] : x.TrimStart())];

    [GeneratedRegex("^(?<indent> *)```(?<language>[a-z]*)$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\s*([-*]|\d+\.) ")]
    private static partial Regex ListItem();
}
