using System.CommandLine;
using Garm.Cli.Access;
using Garm.Cli.Tests.Support;
using Garm.TestUtilities.Structure;

namespace Garm.Cli.Tests;

/// <summary>The pages say what the program takes.</summary>
public sealed class ManualSpecs : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("docs/garmctl.md", 7)]
    [InlineData("README.md", 2)]
    public void EveryCommandLineOfAPage_ShouldBeAccepted(string page, int atLeast)
    {
        var lines = Page(page).Split('\n').Select(x => x.Trim()).Where(x => x.StartsWith("garmctl ", StringComparison.Ordinal)).ToList();

        Assert.True(lines.Count >= atLeast, $"only {lines.Count} are in {page}");
        Assert.All(lines, line => Assert.Empty(Root().Parse(Words(line)).Errors));
    }

    [Fact]
    public void EveryCommandAndOption_ShouldBeInTheManual()
    {
        var manual = Page("docs/garmctl.md");

        Assert.All(Leaves(Root(), ""), command =>
        {
            Assert.True(manual.Contains($"`{command.Path}", StringComparison.Ordinal), $"{command.Path} is not in the manual");
            var options = command.Command.Options.Select(x => x.Name).Where(x => x != "--help").ToList();
            Assert.All(options, option => Assert.True(manual.Contains(option, StringComparison.Ordinal), $"{command.Path} {option} is not in the manual"));
        });
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(SourceTree.Root, name));

    private static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [(path, command)]
        : command.Subcommands.SelectMany(x => Leaves(x, $"{path} {x.Name}".Trim()));

    // As a shell: quotes hold words together; a pipe, a redirection or a remark ends the command.
    private static string[] Words(string line)
    {
        var words = new List<string>();
        var word = "";
        var quote = '\0';
        foreach (var c in line["garmctl ".Length..] + " ")
        {
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
                else word += c;
            }
            else if (c is '\'' or '"') quote = c;
            else if (c is '|' or '>' or '#') break;
            else if (c != ' ') word += c;
            else if (word != "")
            {
                words.Add(word);
                word = "";
            }
        }

        return [.. words];
    }

    private RootCommand Root() => GarmCli.Root(new CliHost(_cli.Out, _cli.Error, _cli.Store, null, false));
}
