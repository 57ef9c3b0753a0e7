using Garm.Cli.Profiles;

namespace Garm.Cli.Tests.Profiles;

public sealed class ProfileLocationSpecs
{
    private static readonly string Root = Path.GetPathRoot(Path.GetFullPath("."))!;

    [Fact]
    public void Location_ShouldBeTheVariables_BeforeEverythingElse()
    {
        var file = Path.Combine(Root, "elsewhere", "file.json");

        Assert.Equal(file, Find(("GARMCTL_CONFIG", file), ("XDG_CONFIG_HOME", Root)));
    }

    [SkippableFact]
    public void Location_ShouldBeUnderTheXdgFolder()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has its own folder");

        Assert.Equal("/cfg/garmctl/config.json", Find(("XDG_CONFIG_HOME", "/cfg")));
    }

    [SkippableTheory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("relative")]
    public void Location_ShouldBeUnderTheHomeFolder_WithoutAnXdgFolder(string? xdg)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has its own folder");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

        Assert.Equal(Path.Combine(home, ".config", "garmctl", "config.json"), Find(("XDG_CONFIG_HOME", xdg)));
    }

    private static string Find(params (string Name, string? Value)[] environment) =>
        ProfileLocation.Find(name => environment.FirstOrDefault(pair => pair.Name == name).Value);
}
