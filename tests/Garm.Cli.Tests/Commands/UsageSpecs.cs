using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;

namespace Garm.Cli.Tests.Commands;

public sealed class UsageSpecs
{
    [Theory]
    [InlineData("nonsense", "'nonsense'")]
    [InlineData("init --url http://h -u a -e a@b --nonsense", "--nonsense")]
    [InlineData("init -u a -e a@b -p c", "--url")]
    [InlineData("init --url hub -u a -e a@b -p c", "'hub' is not accepted")]
    [InlineData("init --url http://h -u a -e a@b -p c --webhook-url h/w", "--webhook-url")]
    [InlineData("login --url http://h", "--username")]
    [InlineData("init --url http://user:hunter2@h -u a -e a@b -p c", "a user name or password in it is not accepted")]
    [InlineData("init --url http://h -u a -e a@b -p c --webhook-url http://user:hunter2@h", "a user name or password in it is not accepted")]
    [InlineData("login --url http://user:hunter2@h -u a -p c", "a user name or password in it is not accepted")]
    [InlineData("profile", "command")]
    [InlineData("profile switch", "switch")]
    [InlineData("debug-events --filters", "--filters")]
    public async Task WrongOptions_ShouldGiveOneLine_AndExitCode2(string line, string what)
    {
        using var cli = new CliRun();

        Assert.Equal(ExitCodes.Usage, await cli.RunAsync(line.Split(' ')));

        Assert.Contains(what, cli.Error.All);
        Assert.DoesNotContain("hunter2", cli.Error.All);
        Assert.Single(cli.Error.All.TrimEnd().Split('\n'));
        Assert.Equal("", cli.Out.All);
    }

    [Fact]
    public async Task Help_ShouldTellADefaultOnce()
    {
        using var cli = new CliRun();

        await cli.RunAsync("debug-events", "--help");

        Assert.Equal(1, cli.Out.All.Split('\n').Single(x => x.Contains("--filters <", StringComparison.Ordinal)).Split("default").Length - 1);
    }

    [Theory]
    [InlineData("--help", "debug-events")]
    [InlineData("init --help", "--metadata-url")]
    [InlineData("debug-events --help", "--filters")]
    public async Task Help_ShouldGoToStdout_AndGiveExitCode0(string line, string what)
    {
        using var cli = new CliRun();

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync(line.Split(' ')));

        Assert.Contains(what, cli.Out.All);
        Assert.Equal("", cli.Error.All);
    }
}
