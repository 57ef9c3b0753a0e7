using System.Text;
using Akka.Actor;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.WebConsole.Shell;

namespace Garm.WebConsole.Live;

/// <summary>
/// A session of the node like that of any stream, whose frames go to a page instead of a connection. The page gets what came since the
/// last time in its turns (<see cref="PageTurns"/>). The session falls behind, and catches up from the log, when more comes than the page takes.
/// </summary>
internal sealed class LiveSession : IAsyncDisposable
{
    private static readonly OutboundLimits Limits = new(512 * 1024, 2_000);

    private readonly OutboundQueue _queue = new(Limits);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<IReadOnlyList<LiveLine>?, Task> _take;
    private readonly LiveLines _lines;
    private readonly IDisposable _turns;
    private readonly Task _reading;
    private TaskCompletionSource? _turn;
    private IActorRef? _session;

    private LiveSession(Func<IReadOnlyList<LiveLine>?, Task> take, LiveLines lines, PageTurns turns)
    {
        (_take, _lines) = (take, lines);
        _turns = turns.Join(OnTurn);
        _reading = ReadAsync();
    }

    /// <summary>Opens one.</summary>
    /// <param name="manager">The node's session manager.</param>
    /// <param name="grant">The user's.</param>
    /// <param name="address">Where the user's browser is.</param>
    /// <param name="filter">What it asks for, from now on.</param>
    /// <param name="take">Gets the lines, in order, on some thread; null when the session has ended.</param>
    /// <param name="lines">Reads them.</param>
    /// <param name="turns">Gives it turns.</param>
    /// <returns>The session, or why there is none.</returns>
    public static async Task<(LiveSession? Session, string? Refusal)> OpenAsync(
        IActorRef manager, SessionGrant grant, string address, LiveFilter filter, Func<IReadOnlyList<LiveLine>?, Task> take, LiveLines lines,
        PageTurns turns)
    {
        var live = new LiveSession(take, lines, turns);
        var open = new OpenSession(SessionId.NewId(), grant, live._queue) { Stream = FrameForm.Lines, Address = address };
        object? answer;
        try
        {
            answer = await manager.Ask<object>(open, TimeSpan.FromSeconds(10));
        }
        catch (AskTimeoutException)
        {
            answer = null;
        }

        if (answer is SessionOpened opened)
        {
            live._session = opened.Session;
            opened.Session.Tell(new ClientMessage(Encoding.UTF8.GetBytes(filter.Message("now"))), ActorRefs.NoSender);
            return (live, null);
        }

        await live.DisposeAsync();
        return (null, answer switch
        {
            SessionRefused { Reason: SessionRefusal.Draining } => "This node is stopping.",
            SessionRefused { Reason: SessionRefusal.TooManySessions } => "The node has reached its limit of sessions (Garm:Events:MaxSessions).",
            SessionRefused { Reason: SessionRefusal.TooManySessionsOfUser } => "You have reached your limit of sessions on this node.",
            _ => "The node did not open a session in time.",
        });
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested) return;
        await _end.CancelAsync();
        _turns.Dispose();
        OnTurn();
        _session?.Tell(new ClientFailed(SessionCloseReason.ConnectionLost), ActorRefs.NoSender);
        _queue.Abort();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _queue.WaitToDequeueAsync().ConfigureAwait(false))
            {
                // The wait for frames ends on the session's thread, which has other sessions to serve; that for the turn, on the pages' thread.
                await TurnAsync().ConfigureAwait(false);
                var lines = new List<LiveLine>();
                while (_queue.TryDequeue(out var frames)) Split(frames.Bytes, lines);
                if (_end.IsCancellationRequested) return;
                if (lines.Count > 0) await _take(lines).ConfigureAwait(false);
            }

            if (!_end.IsCancellationRequested) await _take(null).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The page is left.
        }
    }

    // What waits for the turn goes on in it, on its thread.
    private Task TurnAsync()
    {
        var turn = new TaskCompletionSource();
        Volatile.Write(ref _turn, turn);
        return _end.IsCancellationRequested ? Task.CompletedTask : turn.Task;
    }

    private void OnTurn() => Interlocked.Exchange(ref _turn, null)?.TrySetResult();

    private void Split(ReadOnlyMemory<byte> bytes, List<LiveLine> lines)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.Span.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            if (!line.IsEmpty) lines.Add(_lines.Read(line));
            bytes = end < 0 ? default : bytes[(end + 1)..];
        }
    }
}
