using System.CommandLine;
using Garm.Cli.Access;
using Garm.Cli.Commands;
using Garm.Cli.Terminal;
using Garm.Client.Api;

namespace Garm.Cli;

/// <summary>The program: its commands, and how a failure becomes one line and an exit code.</summary>
internal static class GarmCli
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliHost host, CancellationToken cancellationToken)
    {
        var parsed = Root(host).Parse(args);
        if (parsed.Errors.Count > 0)
            return Fail(host, ExitCodes.Usage, UsageError.Describe(parsed));

        // The signals are Program's, which gives debug-events its exit code 0.
        var configuration = new InvocationConfiguration
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (CliFailure e)
        {
            return Fail(host, e.ExitCode, e.Message);
        }
        catch (GarmApiException e)
        {
            return Fail(host, ExitCodes.Failed, Refusals.Describe(e.ApiError));
        }
        catch (HttpRequestException e)
        {
            return Fail(host, ExitCodes.Failed, $"cannot reach the server: {e.Message}");
        }
        catch (IOException e) when (StandardOutput.IsReaderGone(e))
        {
            // As with 'garmctl events | head -1': the reader has what it wanted.
            return ExitCodes.Ok;
        }
        catch (Exception e) when (e is TimeoutException or IOException or UnauthorizedAccessException)
        {
            return Fail(host, ExitCodes.Failed, e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(host, ExitCodes.Interrupted, "interrupted");
        }
    }

    internal static RootCommand Root(CliHost host) => new("Sets up and operates a Garm hub, and shows its entities and events.")
    {
        InitCommand.Create(host),
        LoginCommand.Create(host),
        ProfileCommand.Create(host),
        ControllerCommand.Create(host),
        GetCommand.Create(host),
        WatchCommand.Create(host),
        EventsCommand.Create(host),
        DebugEventsCommand.Create(host),
        SnapshotCommand.Create(host),
        SessionsCommand.Create(host),
        UsersCommand.Create(host),
        SourceCommand.Create(host),
        BackupCommand.Create(host),
    };

    private static int Fail(CliHost host, int exitCode, string message)
    {
        host.Say(message);
        return exitCode;
    }
}
