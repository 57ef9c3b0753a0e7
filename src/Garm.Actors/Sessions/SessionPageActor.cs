using System.Collections.Immutable;
using Akka.Actor;
using Garm.Actors.Changes;
using Garm.Log;

namespace Garm.Actors.Sessions;

/// <summary>
/// Answers one query for sessions: asks each session, and for the first page of a list also the relay for the log's head, which it sends
/// to its parent for the following pages. A session that ends meanwhile is left out; one that does not answer in time is shown with the data
/// that the manager has.
/// </summary>
internal sealed class SessionPageActor(
    AskSessionPage query, IActorRef asker, ImmutableArray<SessionEntry> sessions, bool isLast, SessionPageActor.Head head, TimeSpan patience)
    : UntypedActor, IWithTimers
{
    /// <summary>The maximum number of sessions on a page.</summary>
    public const int MostSessions = 200;

    /// <summary>
    /// The page ends after this number of bytes of filters and texts. Remoting can send 4 MB, but a larger message would delay the
    /// heartbeats behind it.
    /// </summary>
    public const int MostBytes = 1024 * 1024;

    private const int BytesBesideTexts = 120;
    private const int MostBytesOfACharacter = 3;

    private readonly Dictionary<SessionId, SessionReport> _reports = [];
    private readonly HashSet<SessionId> _awaited = [.. sessions.Select(x => x.Id)];
    private readonly HashSet<SessionId> _ended = [];
    private Head _head = head;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The props of the actor.</summary>
    /// <param name="query">The query.</param>
    /// <param name="asker">The receiver of the page.</param>
    /// <param name="sessions">The sessions to show, in the order of their ids.</param>
    /// <param name="isLast">Whether no session follows these.</param>
    /// <param name="head">The log's head, or the relay that knows it.</param>
    /// <param name="patience">The time limit for sessions and relay.</param>
    public static Props Props(
        AskSessionPage query, IActorRef asker, ImmutableArray<SessionEntry> sessions, bool isLast, Head head, TimeSpan patience) =>
        Akka.Actor.Props.Create(() => new SessionPageActor(query, asker, sessions, isLast, head, patience));

    /// <inheritdoc />
    protected override void PreStart()
    {
        Timers.StartSingleTimer("patience", new PatienceOver(), patience);
        _head.AskedOf?.Tell(GetRelayState.Instance);
        foreach (var session in sessions)
        {
            Context.WatchWith(session.Session, new SessionGone(session.Id));
            session.Session.Tell(DescribeSession.Instance);
        }
    }

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SessionReport report:
                if (_awaited.Remove(report.Id)) _reports[report.Id] = report;
                AnswerIfComplete();
                break;
            case SessionGone gone:
                _awaited.Remove(gone.Id);
                _ended.Add(gone.Id);
                AnswerIfComplete();
                break;
            case RelayState state:
                _head = new Head(state.Running ? state.Head.Position : null, null);
                AnswerIfComplete();
                break;
            case PatienceOver:
                Answer();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void AnswerIfComplete()
    {
        if (_head.AskedOf is null && _awaited.Count == 0) Answer();
    }

    private void Answer()
    {
        var page = ImmutableArray.CreateBuilder<SessionInfo>(sessions.Length);
        long bytes = 0;
        SessionId? last = null;
        foreach (var session in sessions)
        {
            if (!_ended.Contains(session.Id))
            {
                var info = InfoOf(session, _reports.GetValueOrDefault(session.Id));
                bytes += info.Filter.Length + ((info.User.Length + info.Address.Length) * MostBytesOfACharacter) + BytesBesideTexts;
                page.Add(info);
            }

            last = session.Id;
            if (bytes >= MostBytes) break;
        }

        var isComplete = isLast && (last is null || last == sessions[^1].Id);

        if (query.After is null) Context.Parent.Tell(new HeadRead(_head.Position));

        // An asker on another node has no address for this actor, which belongs to another actor system.
        asker.Tell(new SessionPage(query.Ask, page.DrainToImmutable(), isComplete ? null : last), ActorRefs.NoSender);
        Context.Stop(Self);
    }

    private SessionInfo InfoOf(SessionEntry session, SessionReport? report)
    {
        var info = new SessionInfo(session.Id)
        {
            User = session.User,
            Address = session.Address,
            Transport = session.Transport,
            Since = session.Since,
            State = SessionStates.NotResponding,
        };
        return report is null
            ? info
            : info with
            {
                State = report.State,
                Behind = BehindOf(report),
                QueuedBytes = report.QueuedBytes,
                Filter = report.Filter.Json,
                FilterBytes = report.Filter.Length,
            };
    }

    // The head may have been read before the session advanced.
    private long? BehindOf(SessionReport report) => report.Place is not { } place
        ? report.QueuedFrames
        : _head.Position is { } head ? Math.Max(0, head.Value - place.Value) + report.QueuedFrames : null;

    /// <summary>The log's head.</summary>
    /// <param name="Position">Null when it is not known.</param>
    /// <param name="AskedOf">The relay that still has to be asked; null when it was.</param>
    internal readonly record struct Head(LogPosition? Position, IActorRef? AskedOf);

    /// <summary>Sends the parent the head for the following pages; null when the relay did not answer in time.</summary>
    internal sealed record HeadRead(LogPosition? Head) : IPrivateMessage;

    private sealed record SessionGone(SessionId Id) : IPrivateMessage;

    private sealed record PatienceOver : IPrivateMessage;
}
