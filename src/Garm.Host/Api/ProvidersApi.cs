using Garm.Contracts.Entities;
using Garm.Data.Providers;

namespace Garm.Host.Api;

/// <summary><c>/providers</c>.</summary>
internal static class ProvidersApi
{
    public static void MapProviders(this IEndpointRouteBuilder api) =>
        api.MapGet("/providers", (IProviderCatalog catalog) => ApiResponses.Json(catalog.Providers.Select(ToView).ToList()));

    private static ProviderView ToView(ProviderInfo provider) =>
        new() { Name = provider.Name, Type = provider.Type, Description = provider.Description };
}
