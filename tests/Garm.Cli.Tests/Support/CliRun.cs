using Garm.Cli.Commands;
using Garm.Cli.Profiles;

namespace Garm.Cli.Tests.Support;

/// <summary>Runs commands in this process, with a profile file of their own.</summary>
internal sealed class CliRun : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();

    public CliRun() => Store = new ProfileStore(_folder.ConfigFile);

    public LineCapture Out { get; } = new();

    public LineCapture Error { get; } = new();

    public ProfileStore Store { get; }

    public string ConfigFile => Store.Path;

    /// <summary>What is typed at the password prompt; null for no terminal.</summary>
    public string? Typed { get; set; }

    /// <summary>A run with a profile for the hub.</summary>
    public static CliRun LoggedInTo(FakeHub hub, string token = FakeHub.Token)
    {
        var run = new CliRun();
        run.Store.Save(ProfileSet.Empty.With("default", new Profile(hub.Address.AbsoluteUri.TrimEnd('/'), "admin", token)));
        return run;
    }

    public Task<int> RunAsync(params string[] args)
    {
        var host = new CliHost(Out, Error, Store, Typed is { } typed ? (_, _) => Task.FromResult(typed) : null, false);
        return Wait.ForAsync($"the end of 'garm-cli {args[0]}'", GarmCli.RunAsync(args, host, _stop.Token));
    }

    public void Stop() => _stop.Cancel();

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _folder.Dispose();
    }
}
