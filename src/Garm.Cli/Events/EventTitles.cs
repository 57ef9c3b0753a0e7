using Garm.Client.Events;

namespace Garm.Cli.Events;

/// <summary>
/// What people call the entity of an event. The event of a deletion often has no name, so that the names of earlier events are kept;
/// no more than a limit, however long the program runs.
/// </summary>
/// <param name="limit">How many names are kept; the oldest goes first.</param>
internal sealed class EventTitles(int limit = 100_000)
{
    private readonly Dictionary<(string Source, string Type, string Id), string> _titles = [];
    private readonly Queue<(string Source, string Type, string Id)> _order = [];

    public string Of(GarmEvent garmEvent)
    {
        var id = EventFacts.IdOf(garmEvent.Payload);
        var title = EventFacts.Title(garmEvent.Payload);
        if (id == "") return title;
        var key = (garmEvent.Source, garmEvent.EntityType, id);
        if (title != id && title != "?")
        {
            if (_titles.TryAdd(key, title)) _order.Enqueue(key);
            else _titles[key] = title;
            if (_titles.Count > limit) _titles.Remove(_order.Dequeue());
            return title;
        }

        return _titles.GetValueOrDefault(key, title);
    }
}
