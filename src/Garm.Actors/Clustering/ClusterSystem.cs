using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using Akka.Hosting.Logging;
using Garm.Actors.Changes;
using Garm.Actors.Telemetry;
using Garm.Log.Nodes;
using Microsoft.Extensions.Logging;

namespace Garm.Actors.Clustering;

/// <summary>The parameters of the node's cluster systems.</summary>
/// <param name="Self">The node.</param>
/// <param name="Registry">The table of nodes.</param>
/// <param name="Turn">The turn to form the first cluster.</param>
/// <param name="Options">Settings.</param>
/// <param name="PubSub">Whether commits are published to the other nodes.</param>
/// <param name="Hocon">Akka's settings for the cluster system.</param>
/// <param name="Loggers">The host's log; null for Akka's own logger.</param>
internal sealed record ClusterSystemSetup(
    NodeId Self,
    INodeRegistry Registry,
    IFormingTurn Turn,
    ClusterLinkOptions Options,
    bool PubSub,
    Config Hocon,
    ILoggerFactory? Loggers)
{
    /// <summary>The node's session manager, which answers the other nodes' queries.</summary>
    public IActorRef Sessions { get; init; } = ActorRefs.Nobody;

    /// <summary>The node's relay, which answers the other nodes' queries.</summary>
    public IActorRef Relay { get; init; } = ActorRefs.Nobody;
}

/// <summary>
/// The actor system that is a member of the cluster. It has Akka's mediator, the gateway to the node's session manager and relay, and
/// none of the hub's actors, so that it can end and be restarted while the hub goes on.
/// </summary>
internal sealed class ClusterSystem
{
    /// <summary>The name in <c>akka.tcp://garm@host:port</c>.</summary>
    public const string Name = "garm";

    // For the manifest, addresses, and the framing of mediator and transport.
    private const long EnvelopeBytes = 16 * 1024;

    private ClusterSystem(ActorSystem system, MediatorChanged mediator)
    {
        System = system;
        Mediator = mediator;
        Membership = new ClusterMembership(system);
    }

    public ActorSystem System { get; }

    /// <summary>Akka's mediator and its largest message; nobody where pub-sub is turned off.</summary>
    public MediatorChanged Mediator { get; }

    public IClusterMembership Membership { get; }

    /// <summary>For <see cref="ClusterStatus"/>.</summary>
    public ClusterLink Link => new(Membership, System);

    /// <summary>Whether it has ended, or is ending, because it could not join.</summary>
    public bool CouldNotJoin => CoordinatedShutdown.Get(System).ShutdownReason is CouldNotJoinReason;

    /// <summary>Starts a cluster system, which listens when this returns.</summary>
    /// <exception cref="Exception">It cannot listen.</exception>
    public static ClusterSystem Start(ClusterSystemSetup setup)
    {
        var system = ActorSystem.Create(Name, Setups(setup));
        var cluster = new ClusterSystem(system, setup.PubSub ? MediatorOf(system) : MediatorChanged.ToNobody);
        system.ActorOf(PeerLogActor.Props(), "peer-log");
        system.ActorOf(NodeGatewayActor.Props(setup.Sessions, setup.Relay), NodeGatewayActor.Name);
        system.ActorOf(
            ClusterBootstrapActor.Props(setup.Self, cluster.Membership, setup.Registry, setup.Turn, setup.Options), "bootstrap");
        return cluster;
    }

    /// <summary>Leaves the cluster, if it is reachable, and ends.</summary>
    public Task LeaveAsync() => CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);

    private static MediatorChanged MediatorOf(ActorSystem system)
    {
        var frame = system.Settings.Config.GetByteSize("akka.remote.dot-netty.tcp.maximum-frame-size") ?? 0;
        return new MediatorChanged(DistributedPubSub.Get(system).Mediator, frame - EnvelopeBytes);
    }

    private static ActorSystemSetup Setups(ClusterSystemSetup setup)
    {
        var options = setup.Options;
        var config = AddressOf(options).WithFallback(setup.Hocon);
        var setups = ActorSystemSetup.Empty;
        if (setup.Loggers is { } loggers)
        {
            config = ConfigurationFactory
                .ParseString($"""akka.loggers = ["{typeof(HostLogger).FullName}, {typeof(HostLogger).Assembly.GetName().Name}"]""")
                .WithFallback(config);
            setups = setups.And(new LoggerFactorySetup(loggers));
        }

        if (options.Tls is { } tls) setups = setups.And(tls.ToSetup());
        return setups.And(BootstrapSetup.Create().WithConfig(config));
    }

    private static Config AddressOf(ClusterLinkOptions options) => ConfigurationFactory.ParseString(
        $$"""
          akka.remote.dot-netty.tcp {
            hostname = "{{options.BindHostname ?? options.Hostname}}"
            public-hostname = "{{options.Hostname}}"
            port = {{options.Port}}
            enable-ssl = {{(options.Tls is null ? "off" : "on")}}
          }
          """);
}
