namespace Garm.Data.Providers;

/// <summary>A configured runner provider.</summary>
/// <param name="Name">The name by which pools refer to it.</param>
/// <param name="Type">Its type; GARM knows <c>external</c>.</param>
/// <param name="Description">A description for users.</param>
public sealed record ProviderInfo(string Name, string Type, string Description);

/// <summary>The configured runner providers. A pool must name one of them.</summary>
public interface IProviderCatalog
{
    /// <summary>Every provider, in the order of the configuration.</summary>
    IReadOnlyList<ProviderInfo> Providers { get; }

    /// <summary>Whether a provider has this name; case matters.</summary>
    bool Contains(string name);
}

/// <summary>A fixed list of providers.</summary>
public sealed class ProviderCatalog(IEnumerable<ProviderInfo> providers) : IProviderCatalog
{
    /// <inheritdoc />
    public IReadOnlyList<ProviderInfo> Providers { get; } = [.. providers];

    /// <inheritdoc />
    public bool Contains(string name) => Providers.Any(x => x.Name == name);
}
