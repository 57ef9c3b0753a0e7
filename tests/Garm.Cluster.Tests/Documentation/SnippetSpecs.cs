using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Garm.Cluster.Tests.Support;
using Garm.Contracts.Events;
using YamlDotNet.RepresentationModel;

namespace Garm.Cluster.Tests.Documentation;

/// <summary>
/// Checks the blocks of code in the pages by their language; a language without a check fails.
/// Programs are parts of files that other tests compile or run.
/// </summary>
public sealed partial class SnippetSpecs
{
    private static readonly Dictionary<string, Action<Snippet>> Checks = new()
    {
        [""] = CheckIndented,
        ["csharp"] = snippet => CheckIsPartOf(snippet, "samples", ".cs"),
        ["typescript"] = snippet => CheckIsPartOf(snippet, "samples/typescript/src", ".ts"),
        ["python"] = snippet => CheckIsPartOf(snippet, "samples/python", ".py"),
        ["go"] = snippet => CheckIsPartOf(snippet, "samples/go", ".go"),
        ["haproxy"] = snippet => CheckIsPartOf(snippet, "deploy", ".cfg"),
        ["js"] = snippet => CheckScript(snippet, snippet.Text),
        ["html"] = CheckPage,
        ["json"] = snippet => CheckFrame(snippet, snippet.Text),
        ["sh"] = CheckShell,
        ["yaml"] = CheckYaml,
        ["sql"] = snippet => Assert.Matches("^[A-Z][^;]+;$", snippet.Text),
        ["text"] = _ => { }, // A drawing.
    };

    public static TheoryData<string> Pages => [.. Snippets.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EverySnippet_IsChecked_ByItsLanguage(string page) => Assert.All(
        Snippets.All.Where(x => x.Page == page),
        snippet =>
        {
            Assert.True(Checks.TryGetValue(snippet.Language, out var check), $"{snippet}: nothing checks this language");
            check(snippet);
        });

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryLink_LeadsToAFile(string page) => Assert.All(
        Link().Matches(Repository.Read(page)).Select(x => x.Groups[1].Value).Where(x => !x.Contains("://", StringComparison.Ordinal) && !x.StartsWith('#')),
        link =>
        {
            var path = Path.Combine(Path.GetDirectoryName(Repository.PathOf(page))!, link.Split('#')[0]);
            Assert.True(File.Exists(path) || Directory.Exists(path), $"{page}: {link}");
        });

    [Fact]
    public void TheSnippets_AreFound() => Assert.True(Snippets.All.Count > 40, $"only {Snippets.All.Count} were found");

    [Theory]
    [InlineData("    {\"filters\":[{\"entity-type\":\"pol\"}],\"cursor\":\"now\"}")]
    [InlineData("    {\"filters\":[{\"entity-type\":\"pool\",\"match\":{\"provider\":\"lxd\"}}],\"cursor\":\"now\"}")]
    [InlineData("    {\"filters\":[}")]
    [InlineData("    dotnet run --project src/Garm.Hosts")]
    [InlineData("    dotnet run -- --Garm:Jwt:TimeToLeave=1h")]
    [InlineData("    Garm__Jwt__TimeToLeave=1h")]
    [InlineData("    echo \"")]
    public void AWrongSnippet_IsRefused(string text) => Assert.ThrowsAny<Xunit.Sdk.XunitException>(
        () => CheckIndented(Snippets.Of("page.md", text.Split('\n')).Single()));

    // Lines of an indented block are frames or commands; a line that begins with an ellipsis is about frames.
    private static void CheckIndented(Snippet snippet)
    {
        var frames = snippet.Lines.Where(x => x.StartsWith('{')).ToList();
        foreach (var frame in frames) CheckFrame(snippet, frame);
        var commands = snippet.Lines.Where(x => !x.StartsWith('{') && !x.StartsWith('…')).ToList();
        if (commands.Count > 0) CheckShell(snippet with { Lines = commands });
    }

    private static void CheckFrame(Snippet snippet, string text)
    {
        var json = Remark().Replace(text, "").Replace("{…}", "{}", StringComparison.Ordinal).Replace(",…,", ",", StringComparison.Ordinal)
            .Replace(",…}", "}", StringComparison.Ordinal);
        JsonElement frame;
        try
        {
            frame = JsonSerializer.Deserialize<JsonElement>(json);
        }
        catch (JsonException e)
        {
            Assert.Fail($"{snippet}: {e.Message} {text}");
            return;
        }

        if (frame.TryGetProperty("filters", out _) || (frame.TryGetProperty("send-everything", out _))) CheckFilter(snippet, json);
        if (frame.TryGetProperty("entity-type", out var type) && !type.GetString()!.StartsWith('<'))
            Assert.True(EntityTypes.TryParse(type.GetString(), out _), $"{snippet}: {type}");
    }

    private static void CheckFilter(Snippet snippet, string json)
    {
        var outcome = EventOptionsReader.Read(System.Text.Encoding.UTF8.GetBytes(json), out _, out var problem, cursorMode: true);
        Assert.True(outcome == EventOptionsOutcome.Accepted, $"{snippet}: {outcome} {problem}: {json}");
    }

    private static void CheckShell(Snippet snippet)
    {
        var text = Placeholder().Replace(snippet.Text, "PLACEHOLDER");
        Run(snippet, "bash", ["-n"], text);
        foreach (var path in RepositoryPath().Matches(text).Select(x => x.Groups[1].Value.TrimEnd('/', '.')))
        {
            var folder = snippet.Page.StartsWith("clients/", StringComparison.Ordinal) && path.StartsWith("path/", StringComparison.Ordinal);
            Assert.True(
                folder || path.Contains("/secrets", StringComparison.Ordinal) || Path.Exists(Repository.PathOf(path)), $"{snippet}: {path} is not there");
        }

        var known = Settings();
        Assert.All(
            Setting().Matches(text).Select(x => Index().Replace(x.Value.Replace("__", ":", StringComparison.Ordinal), ":0")),
            setting => Assert.True(known.Contains(setting), $"{snippet}: {setting} is no setting"));
        foreach (Match filter in Filter().Matches(text)) CheckFilter(snippet, filter.Groups[1].Value);
    }

    private static void CheckYaml(Snippet snippet)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(snippet.Text));
        Assert.NotEmpty(yaml.Documents);
    }

    private static void CheckIsPartOf(Snippet snippet, string folder, string extension)
    {
        var part = Normalized(snippet.Text);
        var files = Directory.EnumerateFiles(Repository.PathOf(folder), $"*{extension}", SearchOption.AllDirectories)
            .Where(x => !x.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !x.Contains("node_modules", StringComparison.Ordinal));
        Assert.True(
            files.Any(file => $"\n{Normalized(File.ReadAllText(file))}\n".Contains($"\n{part}\n", StringComparison.Ordinal)),
            $"{snippet} is no part of a file in {folder}:\n{snippet.Text}");
    }

    private static string Normalized(string text) =>
        string.Join('\n', text.Split('\n').Select(x => x.Trim()).Where(x => x.Length > 0));

    private static void CheckPage(Snippet snippet)
    {
        var scripts = Script().Matches(snippet.Text);
        Assert.NotEmpty(scripts);
        foreach (Match script in scripts) CheckScript(snippet, script.Groups[1].Value);
    }

    private static void CheckScript(Snippet snippet, string script)
    {
        if (!IsThere("node")) return; // .ci/run installs it.
        Run(snippet, "node", ["--check", "--input-type=module", "-"], script);
    }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(x => File.Exists(Path.Combine(x, program)));

    private static void Run(Snippet snippet, string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{snippet}: {program} says {errors}\n{input}");
    }

    private static HashSet<string> Settings() =>
        [.. Setting().Matches(Repository.Read("docs/configuration.md")).Select(x => Index().Replace(x.Value, ":0"))];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\s{3,}\S.*$")]
    private static partial Regex Remark();

    [GeneratedRegex("<[A-Za-z][^<>]*>")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(?<![\w./:-])((?:src|tests|bench|deploy|docs|clients|samples|hocon|\.ci)/[\w./-]*\w)")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"\bGarm(?::|__)[A-Za-z]\w*(?::\w+)*")]
    private static partial Regex Setting();

    [GeneratedRegex(@":\d+")]
    private static partial Regex Index();

    [GeneratedRegex("filter=(\\{.*\\})'")]
    private static partial Regex Filter();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();
}
