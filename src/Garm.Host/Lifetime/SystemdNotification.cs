using Microsoft.Extensions.Hosting.Systemd;

namespace Garm.Host.Lifetime;

/// <summary>Tells systemd when the hub is up and when it begins to stop, for units with <c>Type=notify</c>.</summary>
internal static class SystemdNotification
{
    /// <summary>
    /// Does nothing unless systemd expects a notification. <c>AddSystemd</c> of the framework would also override the operator's choice
    /// of the log format.
    /// </summary>
    public static void AddSystemdNotification(this IServiceCollection services)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"))) return;
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddSingleton<IHostLifetime, SystemdLifetime>();
    }
}
