using Microsoft.Extensions.Primitives;

namespace Garm.Host.Configuration;

/// <summary>
/// A configuration that records the keys that are read. Keys that are set and never read are reported, since they are usually typing
/// errors.
/// </summary>
internal sealed class KeyTrackingConfiguration(IConfiguration configuration) : IConfiguration
{
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<string> Asked => _asked;

    public string? this[string key]
    {
        get
        {
            _asked.Add(key);
            return configuration[key];
        }

        set => configuration[key] = value;
    }

    /// <summary>A section; its direct values count as read.</summary>
    public IConfigurationSection GetSection(string key)
    {
        var section = configuration.GetSection(key);
        _asked.Add(key);
        _asked.UnionWith(section.GetChildren().Where(x => x.Value is not null).Select(x => x.Path));
        return section;
    }

    /// <summary>The keys of a section that have a value and were not read.</summary>
    public IReadOnlyList<string> Unasked(string root) =>
        [.. configuration.GetSection(root).AsEnumerable().Where(x => x.Value is not null && !_asked.Contains(x.Key)).Select(x => x.Key)];

    public IEnumerable<IConfigurationSection> GetChildren() => configuration.GetChildren();

    public IChangeToken GetReloadToken() => configuration.GetReloadToken();
}
