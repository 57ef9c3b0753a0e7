using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Changes;
using Garm.Actors.Clustering;
using Garm.Actors.Nodes;
using Garm.Actors.Sessions;
using Garm.Actors.Telemetry;
using Garm.Log;
using Microsoft.Extensions.DependencyInjection;

namespace Garm.Actors.Hosting;

/// <summary>Registers a node's actor system.</summary>
public static class GarmActorSystem
{
    /// <summary>The dispatcher in <c>garm.conf</c> for the relay and the sessions.</summary>
    public const string FanOutDispatcher = "akka.actor.fan-out-dispatcher";

    /// <summary>
    /// Adds the actor system with all of Garm's actors, which starts and stops with the host, and the <see cref="ICommitListener"/> that
    /// sends them commits, <see cref="ISessionDirectory"/> and <see cref="IRelayDirectory"/>. The container must have singletons of
    /// <see cref="IChangeLogReader"/>, <see cref="IChangeLogEpochs"/>, <c>IUserAccessReader</c> and <c>ISessionTokens</c>, and
    /// <c>INodeRegistry</c> and <c>IFormingTurn</c> where the options name a cluster.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="configure">Further configuration, such as loggers; it takes precedence over the files.</param>
    public static IServiceCollection AddGarmActors(
        this IServiceCollection services,
        GarmActorsOptions? options = null,
        Action<AkkaConfigurationBuilder, IServiceProvider>? configure = null) =>
        services.AddGarmActors(_ => options ?? new GarmActorsOptions(), configure);

    /// <inheritdoc cref="AddGarmActors(IServiceCollection, GarmActorsOptions?, Action{AkkaConfigurationBuilder, IServiceProvider}?)"/>
    /// <param name="services">The container.</param>
    /// <param name="optionsOf">Settings, made when the container is complete.</param>
    /// <param name="configure">Further configuration, such as loggers; it takes precedence over the files.</param>
    public static IServiceCollection AddGarmActors(
        this IServiceCollection services,
        Func<IServiceProvider, GarmActorsOptions> optionsOf,
        Action<AkkaConfigurationBuilder, IServiceProvider>? configure = null)
    {
        services.AddSingleton<DbWatcherCommitListener>();
        services.AddSingleton<ICommitListener>(provider => provider.GetRequiredService<DbWatcherCommitListener>());

        services.AddSingleton(provider => new ClusterStatus(hasCluster: optionsOf(provider).Cluster is not null));

        services.AddSingleton<ISessionDirectory>(provider => new SessionDirectory(
            provider.GetRequiredService<ActorSystem>(), provider.GetRequiredService<IRequiredActor<SessionManagerActor>>(),
            provider.GetRequiredService<ClusterStatus>(), optionsOf(provider).SessionQueries));

        services.AddSingleton<IRelayDirectory>(provider => new RelayDirectory(
            provider.GetRequiredService<IRequiredActor<ChangeRelayActor>>(), provider.GetRequiredService<ClusterStatus>()));

        return services.AddAkka("hub", (builder, provider) =>
        {
            var options = optionsOf(provider);
            builder
                .WithGarmHocon(options.HoconDirectory, options.Environment)
                .WithActors((system, _) => system.ActorOf(UnhandledMessagesActor.Props(), "unhandled-messages"))
                .WithChangeRelay(options.Relay)
                .WithLogPages(options.LogPages)
                .WithSnapshots(options.Snapshots)
                .WithUserState(options.Users)
                .WithEventSessions(options.Sessions)
                .WithRetention(options.Retention)
                .WithSources(options.Sources)
                .WithSourceTokens(options.SourceTokens);
            if (options.PubSub) builder.WithDbWatcher(options.Relay.Dispatcher);
            if (options.Cluster is { } cluster)
                builder.WithClusterLink(cluster, options.PubSub, GarmHocon.LoadCluster(options.HoconDirectory, options.Environment));
            configure?.Invoke(builder, provider);
        });
    }
}
