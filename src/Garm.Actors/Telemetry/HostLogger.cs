using Akka.Actor;
using Akka.Event;
using Akka.Hosting.Logging;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Garm.Actors.Telemetry;

/// <summary>
/// Writes Akka's log to the host's log. The logger of Akka.Hosting repeats level, time and thread in the text, and logs exceptions
/// twice.
/// </summary>
public sealed class HostLogger : LoggerFactoryLogger
{
    /// <summary>The category of Akka's log messages.</summary>
    public const string Category = "Akka";

    /// <summary>The category of the log messages of Akka's cluster about its members.</summary>
    internal const string ClusterCategory = "Akka.Cluster";

    // An internal type of Akka, whose supervision logs it at ERROR with a stack trace. It is the usual end of the connections to a node
    // that stops, so it becomes a warning without the trace.
    private const string EndOfAConnection = "Akka.Remote.EndpointDisassociatedException";

    private readonly ILogger _log;

    // Akka's own messages about other nodes; PeerLogActor logs them for operators.
    private readonly ILogger _cluster;
    private readonly RepeatedWarnings _repeated = new();

    /// <summary>Created by Akka, whose setup must contain a <see cref="LoggerFactorySetup"/>.</summary>
    public HostLogger()
    {
        var loggers = Context.System.Settings.Setup.Get<LoggerFactorySetup>().Value.LoggerFactory;
        (_log, _cluster) = (loggers.CreateLogger(Category), loggers.CreateLogger(ClusterCategory));
    }

    /// <inheritdoc />
    protected override void Log(LogEvent log, ActorPath path)
    {
        if (TextOf(log.Message) is not { } text)
        {
            base.Log(log, path); // Handles malformed messages.
            return;
        }

        var isEnd = IsEndOfAConnection(log.Cause);
        var level = isEnd ? LogLevel.Warning : LevelOf(log.LogLevel());
        if (level == LogLevel.Warning && _repeated.IsRepetition($"{log.LogSource} {text}", log.Timestamp)) level = LogLevel.Debug;
        var to = log.LogSource.Contains("/system/cluster/", StringComparison.Ordinal) ? _cluster : _log;
        to.Log(level, isEnd ? null : log.Cause, "[{Source}] {Message}", log.LogSource, text);
    }

    private static bool IsEndOfAConnection(object? exception) => exception?.GetType().FullName == EndOfAConnection;

    private static string? TextOf(object message)
    {
        try
        {
            return message is LogMessage parts && parts.Parameters().Any(IsEndOfAConnection)
                ? SemanticLogMessageFormatter.Instance.Format(
                    parts.Format, [.. parts.Parameters().Select(x => IsEndOfAConnection(x) ? ((Exception)x).Message : x)])
                : message.ToString();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static LogLevel LevelOf(Akka.Event.LogLevel level) => level switch
    {
        Akka.Event.LogLevel.DebugLevel => LogLevel.Debug,
        Akka.Event.LogLevel.InfoLevel => LogLevel.Information,
        Akka.Event.LogLevel.WarningLevel => LogLevel.Warning,
        _ => LogLevel.Error,
    };
}
