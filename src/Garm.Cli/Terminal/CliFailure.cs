namespace Garm.Cli.Terminal;

/// <summary>Ends the command with one line on stderr and an exit code.</summary>
internal sealed class CliFailure(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static CliFailure Usage(string message) => new(ExitCodes.Usage, message);

    public static CliFailure Failed(string message) => new(ExitCodes.Failed, message);
}
