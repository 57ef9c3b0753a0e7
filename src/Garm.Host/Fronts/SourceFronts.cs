using Garm.Log.Sources;

namespace Garm.Host.Fronts;

/// <summary>
/// The sources that the hub stands in front of, by host name. Every node reads the sources' settings each second, and after each change
/// that was made on it (<see cref="ISourceObserver"/>), so a change is known on all nodes within that time.
/// </summary>
internal sealed class SourceFronts : ISourceObserver
{
    private readonly Lock _gate = new();
    private volatile Table _table = new([], []);
    private long _reading;

    /// <summary>The source whose server a request is for; null for the hub itself.</summary>
    /// <param name="host">The request's <c>Host</c>.</param>
    public SourceFront? Find(HostString host)
    {
        var table = _table;
        if (table.ByHost.Count == 0 || host.Value is not { Length: > 0 } text) return null;
        var (withPort, name) = FrontHosts.Of(text);
        return table.ByHost.GetValueOrDefault(withPort) ?? table.ByHost.GetValueOrDefault(name);
    }

    /// <summary>The source, while the hub stands in front of it.</summary>
    public SourceFront? Find(Guid sourceId) => _table.ById.GetValueOrDefault(sourceId);

    /// <inheritdoc />
    public void OnSources(long reading, IReadOnlyList<SourceSettings> sources)
    {
        lock (_gate)
        {
            if (reading < _reading) return;
            _reading = reading;
            var wanted = sources.Where(x => x is { IsEnabled: true, IsLeaving: false, Hosts.Count: > 0 }).ToList();
            if (wanted.Count == _table.ById.Count && wanted.TrueForAll(IsKnown)) return;

            var fronts = wanted.Select(FrontOf).ToDictionary(x => x.Id);
            _table = new Table(
                fronts,
                wanted.SelectMany(x => x.Hosts.Select(host => (Host: FrontHosts.Normal(host), Front: fronts[x.Id])))
                    .DistinctBy(x => x.Host) // Two ways to write one address.
                    .ToDictionary(x => x.Host, x => x.Front, StringComparer.Ordinal));
        }
    }

    private bool IsKnown(SourceSettings source) => Find(source.Id)?.Revision == source.Revision;

    // A connection that no source has any more ends by itself when it is idle; what goes through it goes on until then.
    private SourceFront FrontOf(SourceSettings source)
    {
        if (Find(source.Id) is not { } known) return new SourceFront(source, new FrontConnection(source.Url, source.CaBundle));
        if (known.Revision == source.Revision) return known;
        var isSame = known.Connection.IsFor(source.Url, source.CaBundle.Span);
        return new SourceFront(source, isSame ? known.Connection : new FrontConnection(source.Url, source.CaBundle));
    }

    private sealed record Table(Dictionary<Guid, SourceFront> ById, Dictionary<string, SourceFront> ByHost);
}
