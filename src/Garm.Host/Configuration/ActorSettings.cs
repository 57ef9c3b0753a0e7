using Akka.Hosting;
using Akka.Hosting.Logging;
using Garm.Actors.Clustering;
using Garm.Actors.Hosting;
using Garm.Actors.Sources;
using Garm.Actors.Telemetry;

namespace Garm.Host.Configuration;

/// <summary>Converts the operator's settings to options of the actors.</summary>
internal static class ActorSettings
{
    public static GarmActorsOptions Options(GarmSettings settings) => new()
    {
        Cluster = ClusterOf(settings.Cluster),
        PubSub = settings.Cluster.PubSub,
        Relay = settings.Relay,
        Sessions = settings.Sessions,
        Sources = new SourceOptions { Node = NodeName(settings.Cluster) },
    };

    // As the other nodes know it; a port of 0 says nothing.
    private static string NodeName(ClusterSettings cluster) => cluster switch
    {
        { Hostname: null } => Environment.MachineName,
        { Port: 0 } => cluster.Hostname,
        _ => $"{cluster.Hostname}:{cluster.Port}",
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
