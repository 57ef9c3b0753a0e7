using Garm.Contracts.Entities;
using Garm.Data.Model;
using static Garm.Data.Values.ViewValues;

namespace Garm.Data.Proxies;

/// <summary>The view of a proxy in the REST API and in events.</summary>
internal static class ProxyViews
{
    /// <summary>The proxy.</summary>
    public static ProxyView ToView(this Proxy proxy) => new()
    {
        Id = proxy.Id,
        CreatedAt = proxy.CreatedAt,
        UpdatedAt = proxy.UpdatedAt,
        Name = proxy.Name,
        Description = OrNull(proxy.Description),
        HttpProxy = OrNull(proxy.HttpProxy),
        HttpsProxy = OrNull(proxy.HttpsProxy),
        NoProxy = OrNull(proxy.NoProxy),
        Username = OrNull(proxy.Username),
    };

    public static ProxyView ToDeletedView(this Proxy proxy) => new() { Id = proxy.Id, Name = proxy.Name };
}
