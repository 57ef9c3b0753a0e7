namespace Garm.Data.Providers;

/// <summary>A configured source of runners.</summary>
/// <param name="Name">What pools call it.</param>
/// <param name="Type">How it is reached; GARM knows <c>external</c>.</param>
/// <param name="Description">For people.</param>
public sealed record ProviderInfo(string Name, string Type, string Description);

/// <summary>The sources of runners that the host is configured with. A pool must name one of them.</summary>
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
