using Garm.Cli.Profiles;
using Garm.Cli.Terminal;
using Spectre.Console;

namespace Garm.Cli.Access;

/// <summary>What the commands use of the process, so that tests can put something else in its place.</summary>
/// <param name="Out">Results; for <c>debug-events</c> the events and nothing else.</param>
/// <param name="Error">Every message.</param>
/// <param name="Profiles">Where profiles and tokens are kept.</param>
/// <param name="AskSecret">Asks the person at the terminal; null when there is none.</param>
/// <param name="ColourOut">Whether <paramref name="Out"/> may have colours.</param>
internal sealed record CliHost(
    TextWriter Out,
    TextWriter Error,
    ProfileStore Profiles,
    Func<string, CancellationToken, Task<string>>? AskSecret,
    bool ColourOut)
{
    /// <summary>The standard input, for <c>--password-stdin</c>.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Reads an environment variable; null when it is not set.</summary>
    public Func<string, string?> Environment { get; init; } = _ => null;

    /// <summary>The terminal that a table can be redrawn on; null when stdout is none.</summary>
    public IAnsiConsole? Screen { get; init; }

    public static CliHost ForProcess()
    {
        var store = new ProfileStore(ProfileLocation.Find(System.Environment.GetEnvironmentVariable));
        var colour = !Console.IsOutputRedirected && string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("NO_COLOR"));
        return new CliHost(
            StandardOutput.Open(), Console.Error, store, Console.IsInputRedirected ? null : AskOnTerminalAsync, colour)
        {
            In = Console.In,
            Environment = System.Environment.GetEnvironmentVariable,
            Screen = Console.IsOutputRedirected ? null : AnsiConsole.Console,
        };
    }

    /// <summary>Writes a message for the person at the keyboard.</summary>
    public void Say(string message) => Error.WriteLine($"garmctl: {message}");

    // On stderr, so that the question shows also when stdout goes into a file.
    private static Task<string> AskOnTerminalAsync(string question, CancellationToken cancellationToken)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return new TextPrompt<string>(Markup.Escape(question)).Secret(null).ShowAsync(terminal, cancellationToken);
    }
}
