using Akka.Hosting;
using Garm.Actors.Changes;
using Garm.Actors.Hosting;
using Garm.Actors.Sessions;

namespace Garm.Host.Configuration;

/// <summary>Hands the operator's settings to the actors.</summary>
internal static class ActorSettings
{
    public static GarmActorsOptions Options(GarmSettings settings) => new()
    {
        Relay = new ChangeRelayOptions { PollInterval = settings.Events.PollInterval },
        Sessions = new EventSessionOptions
        {
            MaxSessions = settings.Events.MaxSessions == 0 ? int.MaxValue : settings.Events.MaxSessions,
            MaxSessionsPerUser = settings.Events.MaxSessionsPerUser == 0 ? int.MaxValue : settings.Events.MaxSessionsPerUser,
            MaxFilters = settings.Events.MaxFilters,
        },
    };

    /// <summary>The node's address and whom it joins; without a host name it keeps to itself, on loopback.</summary>
    public static AkkaConfigurationBuilder AddCluster(this AkkaConfigurationBuilder akka, ClusterSettings cluster)
    {
        if (cluster.Hostname is not { } hostname) return akka;
        var seeds = string.Join(", ", cluster.SeedNodes.Select(x => $"\"{x}\""));
        return akka.AddHocon(
            $$"""
              akka.remote.dot-netty.tcp.hostname = "{{hostname}}"
              akka.remote.dot-netty.tcp.port = {{cluster.Port}}
              akka.cluster.seed-nodes = [{{seeds}}]
              """,
            HoconAddMode.Prepend);
    }

    public static AkkaConfigurationBuilder AddHostLog(this AkkaConfigurationBuilder akka) => akka.ConfigureLoggers(loggers =>
    {
        loggers.ClearLoggers();
        loggers.AddLoggerFactory();
    });
}
