using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using Akka.Hosting.Logging;
using Garm.Actors.Reads;
using Garm.Actors.Telemetry;
using Garm.Data.Nodes;
using Microsoft.Extensions.Logging;

namespace Garm.Actors.Clustering;

/// <summary>What every life of the node's cluster system is made of.</summary>
/// <param name="Others">How it finds the other nodes; null for a cluster of one, which has no others and listens nowhere.</param>
/// <param name="PubSub">Whether commits are published to the other nodes.</param>
/// <param name="Hocon">Akka's settings for the cluster system.</param>
/// <param name="Loggers">Where its log goes; null for Akka's own.</param>
/// <param name="RestartDelay">The pause before the next life.</param>
/// <param name="Retry">How a start that failed is repeated.</param>
internal sealed record ClusterSystemSetup(
    ClusterOthers? Others,
    bool PubSub,
    Config Hocon,
    ILoggerFactory? Loggers,
    TimeSpan RestartDelay,
    RetryOptions Retry);

/// <summary>What a node needs to be a member among others.</summary>
/// <param name="Self">The node.</param>
/// <param name="Registry">The table of nodes.</param>
/// <param name="Turn">The turn to form the first cluster.</param>
/// <param name="Options">Settings.</param>
internal sealed record ClusterOthers(NodeId Self, INodeRegistry Registry, IFormingTurn Turn, ClusterLinkOptions Options);

/// <summary>
/// The actor system that is the cluster's member, and holds nothing else: no session, no relay. So it can be ended when the
/// cluster says so, and started anew, while the hub goes on.
/// </summary>
internal sealed class ClusterSystem
{
    /// <summary>The name in <c>akka.tcp://garm@host:port</c>.</summary>
    public const string Name = "garm";

    // Manifest, addresses, and the mediator's and the transport's own framing.
    private const long EnvelopeBytes = 16 * 1024;

    private ClusterSystem(ActorSystem system, IActorRef port)
    {
        System = system;
        Port = port;
        Membership = new ClusterMembership(system);
    }

    public ActorSystem System { get; }

    /// <summary>Publishes and hears batches; nobody where that is turned off.</summary>
    public IActorRef Port { get; }

    public IClusterMembership Membership { get; }

    /// <summary>Whether it ended, or is about to, because it never became a member.</summary>
    public bool CouldNotJoin => CoordinatedShutdown.Get(System).ShutdownReason is CouldNotJoinReason;

    /// <summary>Starts one; it listens when this returns, and looks for its cluster, or forms it where it is the only one.</summary>
    /// <exception cref="Exception">It cannot listen.</exception>
    public static ClusterSystem Start(ClusterSystemSetup setup, IActorRef gateway)
    {
        var system = ActorSystem.Create(Name, Setups(setup));
        var port = setup.PubSub ? StartPort(system, gateway) : ActorRefs.Nobody;
        var cluster = new ClusterSystem(system, port);
        if (setup.Others is { } others)
        {
            system.ActorOf(
                ClusterBootstrapActor.Props(others.Self, cluster.Membership, others.Registry, others.Turn, others.Options),
                "bootstrap");
        }
        else
        {
            cluster.Membership.Form();
        }

        return cluster;
    }

    /// <summary>Leaves the cluster, as far as it can be reached, and ends.</summary>
    public Task LeaveAsync() => CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);

    private static IActorRef StartPort(ActorSystem system, IActorRef gateway)
    {
        var frame = system.Settings.Config.GetByteSize("akka.remote.dot-netty.tcp.maximum-frame-size") ?? 0;
        return system.ActorOf(
            ClusterPortActor.Props(DistributedPubSub.Get(system).Mediator, gateway, frame - EnvelopeBytes), "port");
    }

    private static ActorSystemSetup Setups(ClusterSystemSetup setup)
    {
        var options = setup.Others?.Options;
        var config = (options is null ? OwnRegistry() : AddressOf(options)).WithFallback(setup.Hocon);
        var setups = ActorSystemSetup.Empty;
        if (setup.Loggers is { } loggers)
        {
            config = ConfigurationFactory
                .ParseString($"""akka.loggers = ["{typeof(HostLogger).FullName}, {typeof(HostLogger).Assembly.GetName().Name}"]""")
                .WithFallback(config);
            setups = setups.And(new LoggerFactorySetup(loggers));
        }

        if (options?.Tls is { } tls) setups = setups.And(tls.ToSetup());
        return setups.And(BootstrapSetup.Create().WithConfig(config));
    }

    // Transports within a process find each other by this key: two hubs in one process, as in a test, must not.
    private static Config OwnRegistry() =>
        ConfigurationFactory.ParseString($"akka.remote.in-process.registry-key = {Guid.NewGuid():N}");

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
