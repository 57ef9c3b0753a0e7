using Microsoft.Extensions.Hosting.Systemd;

namespace Garm.Host.Lifetime;

/// <summary>Tells systemd when the hub is up and when it begins to stop, for units with <c>Type=notify</c>.</summary>
internal static class SystemdNotification
{
    /// <summary>
    /// Does nothing unless systemd waits to be told. <c>AddSystemd</c> of the framework would also take the choice of the log's
    /// format from the operator.
    /// </summary>
    public static void AddSystemdNotification(this IServiceCollection services)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"))) return;
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddSingleton<IHostLifetime, SystemdLifetime>();
    }
}
