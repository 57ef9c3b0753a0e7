using Microsoft.Extensions.Primitives;

namespace Garm.Host.Configuration;

/// <summary>
/// The configuration, with a note of each key that was asked for: what nobody asked for does nothing, and is a slip of the
/// operator's.
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

    /// <summary>A list: those of its parts that are values are read with it.</summary>
    public IConfigurationSection GetSection(string key)
    {
        var section = configuration.GetSection(key);
        _asked.Add(key);
        _asked.UnionWith(section.GetChildren().Where(x => x.Value is not null).Select(x => x.Path));
        return section;
    }

    /// <summary>The keys of a section that have a value and that nobody asked for.</summary>
    public IReadOnlyList<string> Unasked(string root) =>
        [.. configuration.GetSection(root).AsEnumerable().Where(x => x.Value is not null && !_asked.Contains(x.Key)).Select(x => x.Key)];

    public IEnumerable<IConfigurationSection> GetChildren() => configuration.GetChildren();

    public IChangeToken GetReloadToken() => configuration.GetReloadToken();
}
