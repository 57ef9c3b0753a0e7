using Akka.Actor;
using Akka.Event;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>
/// Reads pages of the log for sessions that are behind the relay's memory. Reads are single-flight by position: sessions that
/// were disconnected together ask for the same pages, and share one read and its frames. The number of reads at once is
/// bounded; further ones wait.
/// </summary>
public sealed class LogPagesActor(IChangeLogReader reader, LogPagesOptions options) : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Queue<LogPosition?> _waiting = [];

    // By position; -1 for the earliest.
    private readonly Dictionary<long, List<(IActorRef Asker, long Round)>> _askers = [];
    private int _reading;

    /// <summary>The props of the actor.</summary>
    /// <param name="reader">Reads the log.</param>
    /// <param name="options">Settings.</param>
    public static Props Props(IChangeLogReader reader, LogPagesOptions options) =>
        Akka.Actor.Props.Create(() => new LogPagesActor(reader, options));

    /// <inheritdoc />
    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ReadLogPage ask:
                Enqueue(ask);
                StartReads();
                break;
            case PageRead read:
                foreach (var (asker, round) in TakeAskers(read.Place)) asker.Tell(read.Page with { Round = round });
                StartReads();
                break;
            case PageFailed failed:
                _log.Warning(failed.Cause, "A page of the change log cannot be read");
                foreach (var (asker, round) in TakeAskers(failed.Place)) asker.Tell(new LogPageFailed(round));
                StartReads();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static long KeyOf(LogPosition? place) => place?.Value ?? -1;

    private void Enqueue(ReadLogPage ask)
    {
        if (!_askers.TryGetValue(KeyOf(ask.After), out var askers))
        {
            _askers[KeyOf(ask.After)] = askers = [];
            _waiting.Enqueue(ask.After);
        }

        askers.Add((Sender, ask.Round));
    }

    private List<(IActorRef Asker, long Round)> TakeAskers(LogPosition? place)
    {
        _reading--;
        _askers.Remove(KeyOf(place), out var askers);
        return askers ?? [];
    }

    private void StartReads()
    {
        while (_reading < options.Readers && _waiting.TryDequeue(out var place))
        {
            _reading++;
            ReadAsync(reader, place, options, _stopping.Token).PipeTo(
                Self, success: page => new PageRead(place, page), failure: cause => new PageFailed(place, cause));
        }
    }

    private static async Task<LogPage> ReadAsync(
        IChangeLogReader reader, LogPosition? place, LogPagesOptions options, CancellationToken stopping)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        cancellation.CancelAfter(options.ReadTimeout);

        // Also ends the wait for a reader that ignores its token.
        return await LogPageReads.ReadAsync(reader, place, options.PageSize, cancellation.Token)
            .WaitAsync(cancellation.Token).ConfigureAwait(false);
    }

    private sealed record PageRead(LogPosition? Place, LogPage Page) : IPrivateMessage;

    private sealed record PageFailed(LogPosition? Place, Exception Cause) : IPrivateMessage;
}
