using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Garm.Host.Events;

/// <summary>Registers what the event socket needs.</summary>
public static class EventsServices
{
    /// <summary>
    /// Adds <see cref="EventsEndpoint"/>. The session manager's actor is registered elsewhere.
    /// </summary>
    public static IServiceCollection AddEventSocket(this IServiceCollection services, EventsOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EventsEndpoint>();
        services.TryAddSingleton<SnapshotSocket>();
        return services;
    }
}
