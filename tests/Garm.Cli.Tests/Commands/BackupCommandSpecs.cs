using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;

namespace Garm.Cli.Tests.Commands;

public sealed class BackupCommandSpecs
{
    [Fact]
    public async Task AProgramThatIsNotThere_ShouldBeTold()
    {
        using var cli = new CliRun();
        cli.Environment["GARM_HUB"] = "/no/such/Garm.Host.dll";

        Assert.Equal(ExitCodes.Usage, await cli.RunAsync("backup", "copy.db"));

        Assert.Contains("the hub's program is not at", cli.Error.All);
    }

    [Fact]
    public async Task TheHubsRefusal_ShouldBePassedOn()
    {
        using var cli = new CliRun();
        using var folder = new TempFolder();

        Assert.Equal(ExitCodes.Failed, await cli.RunAsync("backup", Path.Combine(folder.Path, "copy.db"), "--", $"--Garm:DataDirectory={folder.Path}"));

        Assert.Contains("there is no database", cli.Error.All);
    }
}
