using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Users;
using Garm.Contracts.Events;

namespace TestKitScenarios;

/// <summary>A node's actors as the hub starts them, on a log in memory and on virtual time.</summary>
public sealed class Node
{
    private readonly TestKit _kit;
    private readonly IActorRef _watcher;
    private readonly IActorRef _sessions;

    public Node(TestKit kit)
    {
        _kit = kit;
        #region actors
        var relay = kit.Sys.ActorOf(ChangeRelayActor.Props(null, Log, Log, new ChangeRelayOptions()));
        var pages = kit.Sys.ActorOf(LogPagesActor.Props(Log, new LogPagesOptions()));
        var users = kit.Sys.ActorOf(UserStateManagerActor.Props(relay, Users, new UserStateOptions()));
        _watcher = kit.Sys.ActorOf(DbWatcherActor.Props(ActorRefs.Nobody, relay));
        _sessions = kit.Sys.ActorOf(
            SessionManagerActor.Props(new SessionPorts(relay, pages, users, Users), new EventSessionOptions()));
        #endregion
    }

    /// <summary>The settings of a kit whose time only a scenario moves.</summary>
    public static Config VirtualTime { get; } = ConfigurationFactory.ParseString(
        """
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        akka.loglevel = WARNING
        """);

    public MemoryLog Log { get; } = new();

    public MemoryUsers Users { get; } = new();

    /// <summary>Commits a change and publishes it, as the database's context does.</summary>
    public void Commit(EntityType type, ChangeOperation operation, string id, string payload) =>
        _watcher.Tell(new ChangesCommitted(Log.Commit(type, operation, id, payload)));

    /// <summary>Opens a session and waits until it is live.</summary>
    /// <param name="message">The client's first message, with a cursor.</param>
    /// <param name="tokenEndsIn">How long the client's token is valid.</param>
    /// <param name="limits">The limits of the session's queue.</param>
    public async Task<Client> ConnectAsync(string message, TimeSpan tokenEndsIn, OutboundLimits? limits = null)
    {
        var queue = new OutboundQueue(limits ?? OutboundLimits.Default);
        var grant = new SessionGrant(
            new UserId(Users.Access.UserId), Users.Access.Generation, _kit.Sys.Scheduler.Now + tokenEndsIn);
        var opened = await _sessions.Ask<SessionOpened>(new OpenSession(SessionId.NewId(), grant, queue), Client.Patience);
        var client = new Client(opened.Session, queue);
        client.Send(message);
        await client.ExpectControlAsync("caught-up");
        return client;
    }

    public void Advance(TimeSpan time) => ((TestScheduler)_kit.Sys.Scheduler).Advance(time);
}
