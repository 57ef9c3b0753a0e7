using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Log.Nodes;
using Microsoft.Extensions.Logging;

namespace Garm.Actors.Clustering;

/// <summary>Links the hub's actor system to a cluster.</summary>
internal static class ClusterLinkHostingExtensions
{
    /// <summary>
    /// How long a stop waits for the leave: a few rounds of gossip. When the cluster cannot be reached, the node stops without leaving.
    /// </summary>
    public static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(18);

    /// <summary>
    /// Starts the cluster system, and <see cref="ClusterLinkActor"/>, which owns it and sends its mediator to relay and watcher. Start
    /// these and the sessions before. The container must have <see cref="ClusterStatus"/>, <see cref="INodeRegistry"/> and
    /// <see cref="IFormingTurn"/>. The node leaves the cluster when the hub's actor system is shut down.
    /// </summary>
    /// <param name="builder">The hub's actor system.</param>
    /// <param name="options">How the node finds the others.</param>
    /// <param name="pubSub">Whether commits are published to the other nodes.</param>
    /// <param name="hocon">Akka's settings for the cluster system.</param>
    public static AkkaConfigurationBuilder WithClusterLink(
        this AkkaConfigurationBuilder builder, ClusterLinkOptions options, bool pubSub, Config hocon) => builder
        .WithActors((system, registry, resolver) =>
        {
            var nodes = new KnownNodes(Required(resolver.GetService<INodeRegistry>()));
            var setup = new ClusterSystemSetup(
                NodeId.NewId(), nodes, Required(resolver.GetService<IFormingTurn>()), options, pubSub, hocon, resolver.GetService<ILoggerFactory>())
            {
                Sessions = registry.Get<SessionManagerActor>(),
                Relay = registry.Get<ChangeRelayActor>(),
            };
            ImmutableArray<IActorRef> publishing = pubSub ? [registry.Get<ChangeRelayActor>(), registry.Get<DbWatcherActor>()] : [];
            var status = Required(resolver.GetService<ClusterStatus>());
            status.Know(nodes);
            var first = ClusterSystem.Start(setup);
            status.Become(first.Link); // Before the first request.
            var link = system.ActorOf(ClusterLinkActor.Props(first, setup, publishing, status), "cluster-link");
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
