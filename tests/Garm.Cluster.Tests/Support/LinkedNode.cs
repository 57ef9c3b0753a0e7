using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Changes;
using Garm.Actors.Clustering;
using Garm.Actors.Hosting;
using Garm.Actors.Nodes;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.Log.Nodes;
using Garm.Log.Users;
using Garm.TestUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Garm.Cluster.Tests.Support;

/// <summary>A node's actors as a host starts them, with a log and a table of nodes that the test's nodes share.</summary>
internal sealed class LinkedNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private readonly IHost _host;
    private readonly List<Change> _changes = [];

    private LinkedNode(IHost host) => _host = host;

    public ClusterStatus Status => _host.Services.GetRequiredService<ClusterStatus>();

    public ISessionDirectory Sessions => _host.Services.GetRequiredService<ISessionDirectory>();

    public IRelayDirectory Relays => _host.Services.GetRequiredService<IRelayDirectory>();

    /// <summary>The changes that the relay has sent so far.</summary>
    public IReadOnlyList<long> Positions
    {
        get
        {
            lock (_changes) return [.. _changes.Positions()];
        }
    }

    /// <summary>Starts a node and subscribes to everything at its relay.</summary>
    public static Task<LinkedNode> StartAsync(
        NodeTable table, FailableChangeLog log, TimeSpan? pollInterval = null, ClusterTls? tls = null, bool pubSub = true,
        ClusterLinkOptions? cluster = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Services.AddSingleton<INodeRegistry>(table);
        builder.Services.AddSingleton<IFormingTurn>(table);
        return StartAsync(builder, log, new GarmActorsOptions
        {
            HoconDirectory = HoconFolder.Path,
            Cluster = cluster ?? new ClusterLinkOptions { Hostname = "127.0.0.1", Tls = tls },
            PubSub = pubSub,
            Relay = new ChangeRelayOptions { PollInterval = pollInterval ?? Never },
        });
    }

    /// <summary>Starts a node without a cluster; it has no table of nodes, and does not poll the log.</summary>
    public static Task<LinkedNode> StartAloneAsync(FailableChangeLog log) => StartAsync(
        Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(), log,
        new GarmActorsOptions { HoconDirectory = HoconFolder.Path, Relay = new ChangeRelayOptions { PollInterval = Never } });

    private static async Task<LinkedNode> StartAsync(
        HostApplicationBuilder builder, FailableChangeLog log, GarmActorsOptions options)
    {
        builder.Services.AddSingleton<IChangeLogReader>(log);
        builder.Services.AddSingleton<IChangeLogEpochs>(log);
        builder.Services.AddSingleton<Garm.Actors.Sessions.ISessionTokens>(new NoTokens());
        builder.Services.AddSingleton<IUserAccessReader>(new Everybody());
        builder.Services.AddGarmActors(options);
        var node = new LinkedNode(builder.Build());
        await node._host.StartAsync();
        await node.SubscribeAsync();
        return node;
    }

    /// <summary>Waits until the node is a member of a cluster of this size.</summary>
    public Task UntilMemberAsync(int of) => Retry.UntilAsync(
        $"the node is a member of a cluster of {of}",
        () => Task.FromResult(Status.IsUp && Status.Members.Count == of), Patience);

    /// <summary>Tells the node of its own commit.</summary>
    public void Commit(ChangeBatch batch) => _host.Services.GetRequiredService<ICommitListener>().Committed(batch);

    /// <summary>Waits until the relay has sent a position.</summary>
    public Task UntilAsync(long position) => Retry.UntilAsync(
        $"position {position} is relayed", () => Task.FromResult(Positions.LastOrDefault() >= position), Patience);

    /// <summary>Publishes until another node receives it through its mediator: from then on both are connected.</summary>
    public Task UntilLinkedAsync(FailableChangeLog log, LinkedNode other)
    {
        var before = other.Positions.Count;
        return Retry.UntilAsync(
            "a batch comes to the other node", () =>
            {
                var batch = log.Commit(Samples.PoolUpdate);
                Commit(batch);
                return Task.FromResult(other.Positions.Count > before);
            }, Patience);
    }

    /// <summary>Opens sessions that have sent this message.</summary>
    public async Task OpenSessionsAsync(int count, byte[] message)
    {
        var manager = _host.Services.GetRequiredService<IRequiredActor<SessionManagerActor>>().ActorRef;
        for (var i = 0; i < count; i++)
        {
            var grant = new SessionGrant(new Garm.Actors.Users.UserId(Guid.NewGuid()), 0, DateTimeOffset.MaxValue);
            var opened = await manager.Ask<SessionOpened>(
                new OpenSession(SessionId.NewId(), grant, new OutboundQueue(OutboundLimits.Default)), Patience);
            opened.Session.Tell(new ClientMessage(message));
        }
    }

    /// <summary>Ends the cluster system, as when the cluster removes the node.</summary>
    public void BeDowned() => Status.Membership!.GiveUp();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task SubscribeAsync()
    {
        var system = _host.Services.GetRequiredService<ActorSystem>();
        var relay = _host.Services.GetRequiredService<IRequiredActor<ChangeRelayActor>>().ActorRef;
        var collector = system.ActorOf(Props.Create(() => new Collector(_changes)));
        await relay.Ask<Subscribed>(new Subscribe(collector, EventKinds.All), Patience);
    }

    private sealed class Collector(List<Change> changes) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is not RelayedChanges relayed) return;
            lock (changes) changes.AddRange(relayed.Changes.Select(x => x.Change));
        }
    }

    private sealed class NoTokens : Garm.Actors.Sessions.ISessionTokens
    {
        public Task<Garm.Actors.Sessions.SessionGrant?> ReadAsync(string token) =>
            Task.FromResult<Garm.Actors.Sessions.SessionGrant?>(null);
    }

    private sealed class Everybody : IUserAccessReader
    {
        public Task<UserAccess?> ReadAsync(Guid userId, CancellationToken cancellation) =>
            Task.FromResult<UserAccess?>(new UserAccess(userId, Enabled: true, IsAdmin: true, Generation: 0));
    }
}
