using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using Akka.Hosting;
using Garm.Data.Nodes;
using Microsoft.Extensions.Logging;

namespace Garm.Actors.Clustering;

/// <summary>Links the hub's actor system to a cluster.</summary>
public static class ClusterLinkHostingExtensions
{
    /// <summary>
    /// How long a stop waits for the leave: a few rounds of gossip. A cluster that cannot be reached is left without it.
    /// </summary>
    public static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(18);

    /// <summary>
    /// Starts the cluster system, and <see cref="ClusterLinkActor"/> that keeps it. Registers the
    /// <see cref="PubSubGatewayActor"/> as <see cref="DistributedPubSub"/>, unless pub-sub is off. The
    /// container must have <see cref="ClusterStatus"/>, and for a cluster with others <see cref="INodeRegistry"/> and
    /// <see cref="IFormingTurn"/>. The cluster is left when the hub's actor system is shut down.
    /// </summary>
    /// <param name="builder">The hub's actor system.</param>
    /// <param name="options">How the others are found; null for a cluster of one, which listens nowhere.</param>
    /// <param name="pubSub">Whether commits are published to the other nodes.</param>
    /// <param name="hocon">Akka's settings for the cluster system.</param>
    public static AkkaConfigurationBuilder WithClusterLink(
        this AkkaConfigurationBuilder builder, ClusterLinkOptions? options, bool pubSub, Config hocon) => builder
        .WithActors((system, registry, resolver) =>
        {
            var gateway = system.ActorOf(PubSubGatewayActor.Props(), "pub-sub");
            if (pubSub) registry.Register<DistributedPubSub>(gateway);
            var others = options is null
                ? null
                : new ClusterOthers(
                    NodeId.NewId(), Required(resolver.GetService<INodeRegistry>()),
                    Required(resolver.GetService<IFormingTurn>()), options);
            var setup = new ClusterSystemSetup(
                others, pubSub, hocon, resolver.GetService<ILoggerFactory>(),
                options?.RestartDelay ?? ClusterLinkOptions.DefaultRestartDelay, options?.Retry ?? new());
            var status = Required(resolver.GetService<ClusterStatus>());
            var first = ClusterSystem.Start(setup, gateway);
            status.Become(first.Membership); // Before the first request can ask.
            var link = system.ActorOf(ClusterLinkActor.Props(first, setup, gateway, status), "cluster-link");
            registry.Register<ClusterLinkActor>(link);
            CoordinatedShutdown.Get(system).AddTask(
                CoordinatedShutdown.PhaseBeforeClusterShutdown, "leave-cluster", () => CloseAsync(link));
        });

    private static async Task<Akka.Done> CloseAsync(IActorRef link)
    {
        await link.Ask<ClusterLinkClosed>(new CloseClusterLink(), LeavePatience).ConfigureAwait(false);
        return Akka.Done.Instance;
    }

    private static T Required<T>(T? service) where T : class =>
        service ?? throw new InvalidOperationException($"No {typeof(T).Name} is registered.");
}
