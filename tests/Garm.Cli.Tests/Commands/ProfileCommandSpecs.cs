using Garm.Cli.Profiles;
using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;

namespace Garm.Cli.Tests.Commands;

public sealed class ProfileCommandSpecs : IDisposable
{
    private readonly CliRun _cli = new();

    public ProfileCommandSpecs() => _cli.Store.Save(ProfileSet.Empty
        .With("one", new Profile("https://one", "ann", "token-1"))
        .With("two", new Profile("https://two", "bob", "token-2")));

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task List_ShouldShowTheProfiles_WithoutTheirTokens()
    {
        Assert.Equal(ExitCodes.Ok, await _cli.RunAsync("profile", "list"));

        Assert.Equal("  one\thttps://one\tann", await _cli.Out.NextAsync("the first profile"));
        Assert.Equal("* two\thttps://two\tbob", await _cli.Out.NextAsync("the second profile"));
        Assert.DoesNotContain("token-", _cli.Out.All);
    }

    [Fact]
    public async Task Switch_ShouldMakeAProfileActive()
    {
        Assert.Equal(ExitCodes.Ok, await _cli.RunAsync("profile", "switch", "one"));
        Assert.Equal("one", _cli.Store.Load().Active);
    }

    [Fact]
    public async Task Switch_ShouldNameTheProfilesThatThereAre()
    {
        Assert.Equal(ExitCodes.Failed, await _cli.RunAsync("profile", "switch", "three"));
        Assert.Contains("there is no profile 'three'; there is: one, two", _cli.Error.All);
    }

    [Fact]
    public async Task Delete_ShouldForgetTheProfile()
    {
        Assert.Equal(ExitCodes.Ok, await _cli.RunAsync("profile", "delete", "two"));

        Assert.Equal(["one"], _cli.Store.Load().Profiles.Keys);
        Assert.DoesNotContain("token-2", File.ReadAllText(_cli.ConfigFile));

        // None is active now, and the next command says what to do about it.
        Assert.Equal(ExitCodes.Failed, await _cli.RunAsync("controller", "show"));
        Assert.Contains("profile switch", _cli.Error.All);
    }
}
