using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.DependencyInjection;
using Akka.Hosting;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Users;
using Garm.Data.ChangeLog;
using Garm.Data.Users;

namespace Garm.Actors.Hosting;

/// <summary>
/// Starts Garm's actors, each registered by its type. They start in the order of the calls, and each needs those before
/// it: pub-sub (or none), watcher, relay, users, sessions.
/// </summary>
public static class GarmActorsHostingExtensions
{
    /// <summary>
    /// Starts a mediator for one node, registered as <see cref="DistributedPubSub"/>; its twin that reaches other nodes is
    /// <see cref="Clustering.ClusterLinkHostingExtensions.WithClusterLink"/>.
    /// </summary>
    public static AkkaConfigurationBuilder WithLocalPubSub(this AkkaConfigurationBuilder builder) => builder
        .WithActors((system, registry) =>
            registry.Register<DistributedPubSub>(system.ActorOf(LocalPubSubActor.Props(), "local-pub-sub")));

    /// <summary>
    /// Starts <see cref="DbWatcherActor"/>, and lets a registered <see cref="DbWatcherCommitListener"/> tell it of commits.
    /// </summary>
    public static AkkaConfigurationBuilder WithDbWatcher(this AkkaConfigurationBuilder builder) => builder
        .WithActors((system, registry, resolver) =>
        {
            var watcher = system.ActorOf(DbWatcherActor.Props(MediatorOf(registry)), "db-watcher");
            registry.Register<DbWatcherActor>(watcher);
            resolver.GetService<DbWatcherCommitListener>()?.Attach(watcher);
        });

    /// <summary>Starts <see cref="ChangeRelayActor"/> with the container's <see cref="IChangeLogReader"/>.</summary>
    public static AkkaConfigurationBuilder WithChangeRelay(
        this AkkaConfigurationBuilder builder, ChangeRelayOptions? options = null) => builder
        .WithActors((system, registry, resolver) => registry.Register<ChangeRelayActor>(system.ActorOf(
            ChangeRelayActor.Props(MediatorOf(registry), Required<IChangeLogReader>(resolver), options ?? new()),
            "change-relay")));

    /// <summary>Starts <see cref="UserStateManagerActor"/> with the container's <see cref="IUserAccessReader"/>.</summary>
    public static AkkaConfigurationBuilder WithUserState(
        this AkkaConfigurationBuilder builder, UserStateOptions? options = null) => builder
        .WithActors((system, registry, resolver) => registry.Register<UserStateManagerActor>(system.ActorOf(
            UserStateManagerActor.Props(
                registry.Get<ChangeRelayActor>(), Required<IUserAccessReader>(resolver), options ?? new()),
            "users")));

    /// <summary>Starts <see cref="SessionManagerActor"/>.</summary>
    public static AkkaConfigurationBuilder WithEventSessions(
        this AkkaConfigurationBuilder builder, EventSessionOptions? options = null) => builder
        .WithActors((system, registry) => registry.Register<SessionManagerActor>(system.ActorOf(
            SessionManagerActor.Props(
                registry.Get<ChangeRelayActor>(), registry.Get<UserStateManagerActor>(), options ?? new()),
            "sessions")));

    private static IActorRef MediatorOf(IActorRegistry registry) =>
        registry.TryGet<DistributedPubSub>(out var mediator) ? mediator : ActorRefs.Nobody;

    private static T Required<T>(IDependencyResolver resolver) where T : class =>
        resolver.GetService<T>() ?? throw new InvalidOperationException($"No {typeof(T).Name} is registered.");
}
