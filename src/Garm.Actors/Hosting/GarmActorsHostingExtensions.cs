using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Garm.Actors.Changes;
using Garm.Actors.Clustering;
using Garm.Actors.Sessions;
using Garm.Actors.Snapshots;
using Garm.Actors.Sources;
using Garm.Actors.SourceTokens;
using Garm.Actors.Users;
using Garm.Log;
using Garm.Log.Sources;
using Garm.Log.States;
using Garm.Log.Users;

namespace Garm.Actors.Hosting;

/// <summary>
/// Starts Garm's actors, each registered by its type. They start in the order of the calls, and each needs the ones before
/// it: relay, watcher, log pages, users, sessions, and in a cluster
/// <see cref="Clustering.ClusterLinkHostingExtensions.WithClusterLink"/>.
/// </summary>
public static class GarmActorsHostingExtensions
{
    /// <summary>
    /// Starts <see cref="DbWatcherActor"/>, and connects a registered <see cref="DbWatcherCommitListener"/> to it. If the relay
    /// does not start before it, the relay reads the commits from the log.
    /// </summary>
    /// <param name="builder">The actor system.</param>
    /// <param name="dispatcher">
    /// Best the one of relay and sessions: the thread that runs the watcher can then run them too, and wakes no other for it. Null for
    /// Akka's default.
    /// </param>
    public static AkkaConfigurationBuilder WithDbWatcher(this AkkaConfigurationBuilder builder, string? dispatcher = null) => builder
        .WithActors((system, registry, resolver) =>
        {
            var watcher = system.ActorOf(On(dispatcher, DbWatcherActor.Props(ActorRefs.Nobody, RelayOf(registry))), "db-watcher");
            registry.Register<DbWatcherActor>(watcher);
            resolver.GetService<DbWatcherCommitListener>()?.Attach(watcher);
        });

    /// <summary>Starts <see cref="ChangeRelayActor"/> with the container's <see cref="IChangeLogReader"/>.</summary>
    public static AkkaConfigurationBuilder WithChangeRelay(
        this AkkaConfigurationBuilder builder, ChangeRelayOptions? options = null) => builder
        .WithActors((system, registry, resolver) =>
        {
            var props = ChangeRelayActor.Props(
                mediator: null, Required<IChangeLogReader>(resolver), Required<IChangeLogEpochs>(resolver), options ?? new());
            registry.Register<ChangeRelayActor>(system.ActorOf(On(options?.Dispatcher, props), "change-relay"));
        });

    /// <summary>Starts <see cref="LogPagesActor"/> with the container's <see cref="IChangeLogReader"/>.</summary>
    public static AkkaConfigurationBuilder WithLogPages(
        this AkkaConfigurationBuilder builder, LogPagesOptions? options = null) => builder
        .WithActors((system, registry, resolver) => registry.Register<LogPagesActor>(system.ActorOf(
            LogPagesActor.Props(Required<IChangeLogReader>(resolver), options ?? new()), "log-pages")));

    /// <summary>
    /// Starts the actor that reads snapshots, with the container's <see cref="IEntityStateReader"/> and <see cref="ISnapshotHolds"/>;
    /// without them no session gets a snapshot.
    /// </summary>
    public static AkkaConfigurationBuilder WithSnapshots(
        this AkkaConfigurationBuilder builder, SnapshotOptions? options = null) => builder
        .WithActors((system, registry, resolver) =>
        {
            if (resolver.GetService<IEntityStateReader>() is not { } reader || resolver.GetService<ISnapshotHolds>() is not { } holds) return;
            registry.Register<SnapshotsActor>(system.ActorOf(SnapshotsActor.Props(reader, holds, options ?? new()), "snapshots"));
        });

    /// <summary>Starts <see cref="RetentionActor"/> with the container's <see cref="IChangeLogPruner"/>; without one nothing is pruned.</summary>
    public static AkkaConfigurationBuilder WithRetention(
        this AkkaConfigurationBuilder builder, RetentionOptions? options = null) => builder
        .WithActors((system, registry, resolver) =>
        {
            if (resolver.GetService<IChangeLogPruner>() is { } pruner)
                registry.Register<RetentionActor>(system.ActorOf(RetentionActor.Props(pruner, options ?? new()), "retention"));
        });

    /// <summary>
    /// Starts <see cref="SourcesActor"/> with the container's <see cref="ISourceRegistry"/>, <see cref="ISourceLeases"/>,
    /// <see cref="ISourceMirror"/> and <see cref="ISourceConnector"/>; without a connector nothing is mirrored.
    /// </summary>
    public static AkkaConfigurationBuilder WithSources(this AkkaConfigurationBuilder builder, SourceOptions? options = null) => builder
        .WithActors((system, registry, resolver) =>
        {
            if (resolver.GetService<ISourceConnector>() is not { } connector) return;
            var own = options ?? new();
            if (resolver.GetService<ClusterStatus>() is { } cluster) own = own with { Node = () => cluster.Name };
            registry.Register<SourcesActor>(system.ActorOf(
                SourcesActor.Props(
                    Required<ISourceRegistry>(resolver), Required<ISourceLeases>(resolver), Required<ISourceMirror>(resolver), connector, own),
                "sources"));
        });

    /// <summary>
    /// Starts <see cref="SourceTokensActor"/> with the container's <see cref="ISourceTokenCheck"/>; without one no token of a source's
    /// server opens a session.
    /// </summary>
    public static AkkaConfigurationBuilder WithSourceTokens(this AkkaConfigurationBuilder builder, SourceTokenOptions? options = null) => builder
        .WithActors((system, registry, resolver) =>
        {
            if (resolver.GetService<ISourceTokenCheck>() is { } check)
                registry.Register<SourceTokensActor>(system.ActorOf(SourceTokensActor.Props(check, options ?? new()), "source-tokens"));
        });

    /// <summary>Starts <see cref="UserStateManagerActor"/> with the container's <see cref="IUserAccessReader"/>.</summary>
    public static AkkaConfigurationBuilder WithUserState(
        this AkkaConfigurationBuilder builder, UserStateOptions? options = null) => builder
        .WithActors((system, registry, resolver) => registry.Register<UserStateManagerActor>(system.ActorOf(
            UserStateManagerActor.Props(
                registry.Get<ChangeRelayActor>(), Required<IUserAccessReader>(resolver), options ?? new()),
            "users")));

    /// <summary>Starts <see cref="SessionManagerActor"/> with the container's <see cref="ISessionTokens"/>.</summary>
    public static AkkaConfigurationBuilder WithEventSessions(
        this AkkaConfigurationBuilder builder, EventSessionOptions? options = null) => builder
        .WithActors((system, registry, resolver) =>
        {
            var ports = new SessionPorts(
                registry.Get<ChangeRelayActor>(), registry.Get<LogPagesActor>(), registry.Get<UserStateManagerActor>(),
                Required<ISessionTokens>(resolver))
            {
                Snapshots = registry.TryGet<SnapshotsActor>(out var snapshots) ? snapshots : ActorRefs.Nobody,
            };
            registry.Register<SessionManagerActor>(
                system.ActorOf(SessionManagerActor.Props(ports, options ?? new()), "sessions"));
        });

    private static Props On(string? dispatcher, Props props) => dispatcher is null ? props : props.WithDispatcher(dispatcher);

    private static IActorRef? RelayOf(IActorRegistry registry) => registry.TryGet<ChangeRelayActor>(out var relay) ? relay : null;

    private static T Required<T>(IDependencyResolver resolver) where T : class =>
        resolver.GetService<T>() ?? throw new InvalidOperationException($"No {typeof(T).Name} is registered.");
}
