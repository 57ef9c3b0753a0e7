using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Users;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.Log.Users;

namespace Garm.Actors.Tests.Support;

/// <summary>A session between probes that play the relay, the user-state manager and the user's actor.</summary>
internal sealed class SessionRig
{
    public const long Generation = 3;

    public static readonly UserId User = new(Guid.Parse("11111111-2222-3333-4444-555555555555"));

    private readonly TestKit _kit;
    private long _position;

    private SessionRig(
        TestKit kit, DateTimeOffset? expiresAt, OutboundLimits? limits, EventSessionOptions? options, string? source = null)
    {
        _kit = kit;
        Options = options ?? new EventSessionOptions();
        Queue = new OutboundQueue(limits ?? OutboundLimits.Default);
        Relay = kit.CreateTestProbe();
        LogPages = kit.CreateTestProbe();
        Users = kit.CreateTestProbe();
        UserActor = kit.CreateTestProbe();
        Watcher = kit.CreateTestProbe();
        Parent = kit.ActorOfAsTestActorRef<SessionParent>();
        var grant = new SessionGrant(User, Generation, expiresAt)
        {
            Source = source is null ? null : new SourceAccess(source, Users.Ref, Tokens),
        };
        Session = Parent.UnderlyingActor.Start(
            EventSessionActor.Props(
                SessionId.NewId(), grant, Queue,
                source is null
                    ? new SessionPorts(Relay.Ref, LogPages.Ref, Users.Ref, Tokens)
                    : new SessionPorts(Relay.Ref, LogPages.Ref, ActorRefs.Nobody, new SessionTokenTable()),
                Options));
        Watcher.Watch(Session);
    }

    public EventSessionOptions Options { get; }

    public OutboundQueue Queue { get; }

    public TestProbe Relay { get; }

    public TestProbe LogPages { get; }

    public TestProbe Users { get; }

    public SessionTokenTable Tokens { get; } = new();

    public TestProbe UserActor { get; }

    public TestProbe Watcher { get; }

    public IActorRef Session { get; }

    private TestActorRef<SessionParent> Parent { get; }

    public static UserAccess GoodAccess => new(User.Value, Enabled: true, IsAdmin: true, Generation);

    /// <summary>Starts a session; its user is not confirmed yet.</summary>
    public static SessionRig Start(
        TestKit kit, TimeSpan? expiresIn = null, OutboundLimits? limits = null, EventSessionOptions? options = null) =>
        new(kit, kit.Sys.Scheduler.Now + (expiresIn ?? TimeSpan.FromDays(365)), limits, options);

    /// <summary>Starts a session with a token of a source's server; the users' probe plays the token's actor.</summary>
    public static SessionRig StartAtSource(TestKit kit, string source, TimeSpan? expiresIn = null) =>
        new(kit, kit.Sys.Scheduler.Now + (expiresIn ?? TimeSpan.FromDays(365)), null, null, source);

    public static SessionRig StartWithoutExpiry(TestKit kit) => new(kit, null, null, null);

    /// <summary>Starts a session and confirms its user.</summary>
    public static async Task<SessionRig> ConfirmedAsync(
        TestKit kit, TimeSpan? expiresIn = null, OutboundLimits? limits = null, EventSessionOptions? options = null)
    {
        var rig = Start(kit, expiresIn, limits, options);
        await rig.ConfirmAsync(GoodAccess);
        return rig;
    }

    /// <summary>Starts a session that gets everything.</summary>
    public static async Task<SessionRig> LiveAsync(
        TestKit kit, TimeSpan? expiresIn = null, OutboundLimits? limits = null, EventSessionOptions? options = null)
    {
        var rig = await ConfirmedAsync(kit, expiresIn, limits, options);
        await rig.FilterAsync("""{"send-everything":true}""");
        return rig;
    }

    /// <summary>Answers the session's request for its user.</summary>
    public async Task ConfirmAsync(UserAccess? access, TestProbe? userActor = null)
    {
        var asked = await Users.ExpectMsgAsync<SubscribeToUserState>();
        Assert.Equal(new SubscribeToUserState(User, Session), asked);
        (userActor ?? UserActor).Send(Session, new UserStateSnapshot(User, access));
    }

    /// <summary>Sends a filter and lets the relay confirm it.</summary>
    public async Task FilterAsync(string json)
    {
        Say(json);
        await SubscribedAsync();
    }

    /// <summary>Confirms the session's subscription, as the relay.</summary>
    public async Task SubscribedAsync()
    {
        var asked = await Relay.ExpectMsgAsync<Subscribe>();
        Assert.Equal(Session, asked.Subscriber);
        Relay.Send(Session, new Subscribed(asked.Kinds, new(_position)) { Epoch = Samples.Epoch, Round = asked.Round });
    }

    public void Say(string message) => Session.Tell(new ClientMessage(Encoding.UTF8.GetBytes(message)));

    /// <summary>Relays one batch of these kinds, as the relay would.</summary>
    public void Relayed(params EventKind[] kinds)
    {
        var changes = kinds.Select(kind => Samples.Change(++_position, kind));
        Relay.Send(Session, new RelayedChanges([.. changes.Select(c => c.Relayed())]));
    }

    /// <summary>Answers the session's next request to the relay with these changes of the log.</summary>
    public async Task<Resume> ResumedAsync(bool live, params long[] positions)
    {
        var asked = await Relay.FishForMessageAsync<Resume>(_ => true);
        var changes = positions.Select(x => Samples.Change(x).Relayed()).ToList();
        var upTo = changes.Count == 0 ? asked.After : changes[^1].Place;
        Relay.Send(Session, new Resumed(asked.Round, [.. changes], upTo, live));
        return asked;
    }

    /// <summary>Answers that memory does not reach back, and then answers from the log.</summary>
    public async Task<ReadLogPage> FromLogAsync(LogRange range, params long[] positions)
    {
        var asked = await Relay.FishForMessageAsync<Resume>(_ => true);
        Relay.Send(Session, new NotRecent(asked.Round));
        return await PageAsync(range, positions);
    }

    /// <summary>Answers the session's request to the log.</summary>
    public async Task<ReadLogPage> PageAsync(LogRange range, params long[] positions)
    {
        var asked = await LogPages.ExpectMsgAsync<ReadLogPage>();
        var changes = positions.Select(x => Samples.Change(x).Relayed(range.Epoch));
        LogPages.Send(Session, new LogPage(asked.Round, range, asked.After ?? range.Earliest, [.. changes]));
        return asked;
    }

    /// <summary>Relays these positions live.</summary>
    public void RelayedAt(params long[] positions) =>
        Relay.Send(Session, new RelayedChanges([.. positions.Select(x => Samples.Change(x).Relayed())]));

    /// <summary>The queued frames, each as its JSON.</summary>
    public async Task<List<string>> FramesAsync()
    {
        await StatsAsync();
        return [.. Queue.TakeAll().Select(x => x.StartsWith("text ", StringComparison.Ordinal) ? x[5..] : x)];
    }

    /// <summary>The events queued so far, in the short form <c>pool update</c>.</summary>
    public async Task<List<string>> EventsAsync()
    {
        await StatsAsync();
        return [.. Queue.TakeAll().Select(Short)];
    }

    public Task<SessionStats> StatsAsync() => Session.AskAsync<SessionStats>(GetSessionStats.Instance);

    /// <summary>Waits for the session's end and returns all queued frames.</summary>
    public async Task<List<string>> EndAsync()
    {
        await Watcher.ExpectTerminatedAsync(Session);
        var frames = Queue.TakeAll();
        Assert.True(await Queue.IsOverAsync());
        return frames;
    }

    private static string Short(string frame)
    {
        var parts = frame.Split('"');
        return parts.Length > 8 && parts[1] == "entity-type" ? $"{parts[3]} {parts[7]}" : frame;
    }
}

/// <summary>Stops a failed session, as the manager does.</summary>
internal sealed class SessionParent : UntypedActor
{
    private readonly IUntypedActorContext _context = Context;

    public IActorRef Start(Props props) => _context.ActorOf(props);

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void OnReceive(object message) => Unhandled(message);
}

/// <summary>Valid tokens.</summary>
internal sealed class SessionTokenTable : Dictionary<string, SessionGrant>, ISessionTokens
{
    public Task<SessionGrant?> ReadAsync(string token) => Task.FromResult(this.GetValueOrDefault(token));
}
