using Garm.Log.Sources;

namespace Garm.Host.Fronts;

/// <summary>A source that the hub stands in front of. Set on a request to one of its hosts that the hub answers itself.</summary>
/// <param name="settings">The source.</param>
/// <param name="connection">Reaches its server.</param>
internal sealed class SourceFront(SourceSettings settings, FrontConnection connection)
{
    /// <summary>Names the source; one that was removed and made again has another id.</summary>
    public Guid Id { get; } = settings.Id;

    /// <summary>Changes with each change of the settings.</summary>
    public long Revision { get; } = settings.Revision;

    /// <summary>The source's name.</summary>
    public string Name { get; } = settings.Name;

    /// <summary>A host name that clients use.</summary>
    public string Host { get; } = settings.Hosts[0];

    /// <summary>Reaches its server.</summary>
    public FrontConnection Connection { get; } = connection;

    /// <summary>The answer to a client whose request could not be passed on. It shows no address of the internal network.</summary>
    /// <param name="reason">What went wrong.</param>
    public string Unreached(string reason) => $"Bad Gateway: the GARM server behind this address (source \"{Name}\") does not answer: {reason}\n";
}
