using Garm.Host.WebSockets;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Garm.Host.Events;

/// <summary>Registers the websockets of <c>/api/v1/ws</c>.</summary>
internal static class EventSocketServices
{
    /// <summary>
    /// Adds <see cref="EventsEndpoint"/> and <see cref="SnapshotSocket"/>. The container must have the session manager's actor.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="options">Limits of a connection.</param>
    /// <param name="origins">Which pages may open a socket.</param>
    public static IServiceCollection AddEventSocket(this IServiceCollection services, EventSocketOptions options, OriginPolicy origins)
    {
        services.AddSingleton(options);
        services.AddSingleton(origins);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EventsEndpoint>();
        services.TryAddSingleton<SnapshotSocket>();
        services.TryAddSingleton(provider => new PushSockets(
            options.WriteTimeout, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IHostApplicationLifetime>()));
        return services;
    }
}
