namespace Garm.Cli.Terminal;

/// <summary>What the program's exit code says. The same list stands in <c>docs/garmctl.md</c>.</summary>
internal static class ExitCodes
{
    /// <summary>Done; for <c>debug-events</c> and <c>watch</c>: ended by Ctrl-C or SIGTERM, or because the reader of its output has closed it.</summary>
    public const int Ok = 0;

    /// <summary>The server refused or cannot be reached, or the profile file cannot be used.</summary>
    public const int Failed = 1;

    /// <summary>Wrong options, among them a filter that the server would refuse. Nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>The event stream was open, and the server ended it or the connection was lost.</summary>
    public const int StreamEnded = 3;

    /// <summary>A snapshot was begun and could not be finished: what was printed is not the whole.</summary>
    public const int Incomplete = 4;

    /// <summary>A command that ends by itself was interrupted by Ctrl-C or SIGTERM.</summary>
    public const int Interrupted = 130;
}
