using Garm.Contracts.Entities;
using Garm.Data.Providers;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/providers</c>.</summary>
internal static class ProvidersApi
{
    public static void MapProviders(this IEndpointRouteBuilder api) =>
        api.MapGet("/providers", (IProviderCatalog catalog) => ApiResponses.Json(catalog.Providers.Select(ToView).ToList()))
            .Describes("ListProviders", "providers")
            .WithSummary("List the providers that pools may name.")
            .Answers<IReadOnlyList<ProviderView>>();

    private static ProviderView ToView(ProviderInfo provider) =>
        new() { Name = provider.Name, Type = provider.Type, Description = provider.Description };
}
