using Garm.Cli.Access;
using Garm.Cli.Profiles;
using Spectre.Console;

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

    /// <summary>What comes on stdin.</summary>
    public string Input { get; set; } = "";

    /// <summary>The environment variables.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>A terminal to draw on; null for none.</summary>
    public IAnsiConsole? Screen { get; set; }

    /// <summary>The questions that were asked on the terminal.</summary>
    public List<string> Questions { get; } = [];

    /// <summary>A run with a profile for the hub.</summary>
    public static CliRun LoggedInTo(FakeHub hub, string token = FakeHub.Token)
    {
        var run = new CliRun();
        run.Store.Save(ProfileSet.Empty.With("default", new Garm.Cli.Profiles.Profile(hub.Address.AbsoluteUri.TrimEnd('/'), "admin", token)));
        return run;
    }

    public Task<int> RunAsync(params string[] args)
    {
        var host = new CliHost(Out, Error, Store, Typed is null ? null : AnswerAsync, false)
        {
            In = new StringReader(Input),
            Environment = name => Environment.GetValueOrDefault(name),
            Screen = Screen,
        };
        return Wait.ForAsync($"the end of 'garmctl {args[0]}'", GarmCli.RunAsync(args, host, _stop.Token));
    }

    /// <summary>Whoever is asked several times answers with the lines of what is typed, one after the other.</summary>
    private Task<string> AnswerAsync(string question, CancellationToken cancellationToken)
    {
        var lines = Typed!.Split('\n');
        Questions.Add(question);
        return Task.FromResult(lines[Math.Min(Questions.Count, lines.Length) - 1]);
    }

    public void Stop() => _stop.Cancel();

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _folder.Dispose();
    }
}
