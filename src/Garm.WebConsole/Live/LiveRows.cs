namespace Garm.WebConsole.Live;

/// <summary>
/// The rows that a browser lists. The node keeps and renders no row: it sends what changes, as JSON, and <c>events.js</c> makes the rows
/// of it. So a hundred pages that list a hundred new events a second cost the node one text each, in which every event was written once.
/// </summary>
internal sealed class LiveRows
{
    private IReadOnlyList<LiveEvent> _listed = [];
    private string? _change;

    /// <summary>
    /// The change after which the browser lists these events: <c>{"keep":2,"rows":[…]}</c>, new rows above the topmost <c>keep</c> of the
    /// former ones (<see cref="LiveEvent.Row"/>). Each change must reach the browser, once and in order.
    /// </summary>
    /// <param name="events">The newest first. It must not change afterwards.</param>
    /// <returns>The same text as before where the browser lists them already; null where it never listed any.</returns>
    public string? ChangeTo(IReadOnlyList<LiveEvent> events)
    {
        var added = Added(events);
        var keep = events.Count - added;
        if (added == 0 && keep == _listed.Count) return _change;
        _listed = events;
        return _change = $$"""{"keep":{{keep}},"rows":[{{string.Join(',', events.Take(added).Select(x => x.Row))}}]}""";
    }

    // How many are new, if those below them are the topmost of the former ones; otherwise all.
    private int Added(IReadOnlyList<LiveEvent> events)
    {
        if (_listed.Count == 0) return events.Count;
        var added = 0;
        while (added < events.Count && !ReferenceEquals(events[added], _listed[0])) added++;
        var keep = events.Count - added;
        if (keep > _listed.Count) return events.Count;
        for (var i = 1; i < keep; i++)
        {
            if (!ReferenceEquals(events[added + i], _listed[i])) return events.Count;
        }

        return added;
    }
}
