using Garm.Actors.SourceTokens;
using Garm.Log.Sources;

namespace Garm.Host.Fronts;

/// <summary>Registers what stands in front of the sources.</summary>
internal static class FrontServices
{
    /// <summary>Adds it. The container must have the actors, and an <see cref="ISourceRegistry"/>.</summary>
    public static IServiceCollection AddFronts(this IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddSingleton<SourceFronts>();
        services.AddSingleton<ISourceObserver>(provider => provider.GetRequiredService<SourceFronts>());
        services.AddSingleton<ISourceTokenCheck, SourceTokenCheck>();
        services.AddSingleton<FrontForwarder>();
        services.AddSingleton<FrontGate>();
        return services;
    }
}
