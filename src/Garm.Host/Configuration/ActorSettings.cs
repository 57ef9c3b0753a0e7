using Akka.Hosting;
using Akka.Hosting.Logging;
using Garm.Actors.Changes;
using Garm.Actors.Clustering;
using Garm.Actors.Hosting;
using Garm.Actors.Sessions;
using Garm.Actors.Telemetry;

namespace Garm.Host.Configuration;

/// <summary>Hands the operator's settings to the actors.</summary>
internal static class ActorSettings
{
    public static GarmActorsOptions Options(GarmSettings settings) => new()
    {
        Cluster = ClusterOf(settings.Cluster),
        PubSub = settings.Cluster.PubSub,
        Relay = new ChangeRelayOptions { Dispatcher = GarmActorSystem.FanOutDispatcher, PollInterval = settings.Events.PollInterval },
        Sessions = new EventSessionOptions
        {
            Dispatcher = GarmActorSystem.FanOutDispatcher,
            MaxSessions = settings.Events.MaxSessions,
            MaxSessionsPerUser = settings.Events.MaxSessionsPerUser,
            MaxFilters = settings.Events.MaxFilters,
        },
    };

    private static ClusterLinkOptions? ClusterOf(ClusterSettings cluster) => cluster.Hostname is not { } hostname
        ? null
        : new ClusterLinkOptions
        {
            Hostname = hostname,
            BindHostname = cluster.BindHostname,
            Port = cluster.Port,
            SeedNodes = [.. cluster.SeedNodes],
            Tls = cluster.Tls,
        };

    public static AkkaConfigurationBuilder AddHostLog(this AkkaConfigurationBuilder akka, ILoggerFactory factory) => akka
        .AddSetup(new LoggerFactorySetup(factory))
        .ConfigureLoggers(loggers =>
        {
            loggers.ClearLoggers();
            loggers.AddLogger<HostLogger>();
        });
}
