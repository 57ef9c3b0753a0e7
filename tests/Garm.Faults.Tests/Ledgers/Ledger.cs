using System.Globalization;
using Garm.Log;

namespace Garm.Faults.Tests.Ledgers;

/// <summary>A write that was sent.</summary>
/// <param name="Identity">Names it among all writes.</param>
/// <param name="Place">Where the answer said that it is; null when the answer was lost, so that it may be done or not.</param>
/// <param name="IsMarked">Whether the narrow filter lets it through.</param>
internal sealed record WrittenChange(string Identity, LogPlace? Place, bool IsMarked);

/// <summary>A change that came to a subscriber.</summary>
internal sealed record SeenChange(string Identity, LogPlace Place);

/// <summary>What came to one subscriber over all its connections, in that order.</summary>
/// <param name="Name">Names it in a verdict.</param>
/// <param name="IsNarrow">Whether it asked for marked changes alone.</param>
internal sealed record SubscriberLog(string Name, bool IsNarrow, IReadOnlyList<SeenChange> Seen)
{
    /// <summary>Whether it asked for this.</summary>
    public bool Wants(WrittenChange write) => write.IsMarked || !IsNarrow;
}

/// <summary>What was written, what each subscriber saw, and what is stored in the end: enough to say whether the hub kept its word.</summary>
/// <param name="Stored">The identities that the API lists.</param>
internal sealed record Ledger(
    IReadOnlyList<WrittenChange> Written, IReadOnlyList<SubscriberLog> Subscribers, IReadOnlySet<string> Stored)
{
    /// <summary>Judges it.</summary>
    public Verdict Judge()
    {
        var writes = Written.ToDictionary(x => x.Identity);
        return new Verdict
        {
            Lost = [.. Subscribers.SelectMany(x => LostBy(x))],
            Doubled = [.. Subscribers.SelectMany(DoubledFor)],
            Reordered = [.. Subscribers.SelectMany(ReorderedFor)],
            Disagreed = [.. Disagreements(writes)],
            Unwanted = [.. Subscribers.SelectMany(x => UnwantedBy(x, writes))],
            Uneven = [.. UnevenWrites()],
            Unstored = [.. StoredOtherwise(writes)],
        };
    }

    private IEnumerable<string> LostBy(SubscriberLog subscriber)
    {
        var seen = subscriber.Seen.Select(x => x.Identity).ToHashSet();
        return Written
            .Where(x => x.Place is not null && subscriber.Wants(x) && !seen.Contains(x.Identity))
            .Select(x => $"{subscriber.Name} did not see {x.Identity} at {PlaceOf(x.Place)}");
    }

    private static IEnumerable<string> DoubledFor(SubscriberLog subscriber) => subscriber.Seen
        .GroupBy(x => x.Identity)
        .Where(x => x.Count() > 1)
        .Select(x => $"{subscriber.Name} saw {x.Key} {x.Count()} times");

    // One history, and its positions only go up.
    private static IEnumerable<string> ReorderedFor(SubscriberLog subscriber) => subscriber.Seen
        .Zip(subscriber.Seen.Skip(1))
        .Where(x => x.Second.Place.Epoch != x.First.Place.Epoch || x.Second.Place.Position <= x.First.Place.Position)
        .Select(x => $"{subscriber.Name} saw {PlaceOf(x.Second.Place)} after {PlaceOf(x.First.Place)}");

    // What two saw at one place must be one thing, and one thing must be at one place: also where the writer was told.
    private IEnumerable<string> Disagreements(Dictionary<string, WrittenChange> writes)
    {
        var claims = Subscribers.SelectMany(x => x.Seen)
            .Concat(writes.Values.Where(x => x.Place is not null).Select(x => new SeenChange(x.Identity, x.Place!.Value)))
            .Distinct()
            .ToList();
        var places = claims.GroupBy(x => x.Identity).Where(x => x.Count() > 1)
            .Select(x => $"{x.Key} is at {string.Join(" and ", x.Select(y => PlaceOf(y.Place)))}");
        var identities = claims.GroupBy(x => x.Place).Where(x => x.Count() > 1)
            .Select(x => $"{PlaceOf(x.Key)} is {string.Join(" and ", x.Select(y => y.Identity))}");
        return places.Concat(identities);
    }

    private static IEnumerable<string> UnwantedBy(SubscriberLog subscriber, Dictionary<string, WrittenChange> writes)
    {
        foreach (var seen in subscriber.Seen)
        {
            if (!writes.TryGetValue(seen.Identity, out var write)) yield return $"{subscriber.Name} saw {seen.Identity}, which nobody wrote";
            else if (!subscriber.Wants(write)) yield return $"{subscriber.Name} saw {seen.Identity}, which its filter excludes";
        }
    }

    private IEnumerable<string> UnevenWrites()
    {
        var seen = Subscribers.ToDictionary(x => x, x => x.Seen.Select(y => y.Identity).ToHashSet());
        foreach (var write in Written.Where(x => x.Place is null))
        {
            var wanting = Subscribers.Where(x => x.Wants(write)).ToList();
            var who = wanting.Where(x => seen[x].Contains(write.Identity)).ToList();
            if (who.Count > 0 && who.Count < wanting.Count)
                yield return $"{write.Identity}, whose answer was lost, was seen by {string.Join(", ", who.Select(x => x.Name))} only";
        }
    }

    // An event without its change, or a change without its event.
    private IEnumerable<string> StoredOtherwise(Dictionary<string, WrittenChange> writes)
    {
        var seen = Subscribers.SelectMany(x => x.Seen).Select(x => x.Identity).ToHashSet();
        var known = writes.Values.Where(x => x.Place is not null).Select(x => x.Identity).Concat(seen).ToHashSet();
        var told = known.Except(Stored).Select(x => $"{x} was told and is not stored");
        return Subscribers.Any(x => !x.IsNarrow)
            ? told.Concat(Stored.Where(x => writes.ContainsKey(x) && !seen.Contains(x)).Select(x => $"{x} is stored and nobody saw it"))
            : told;
    }

    private static string PlaceOf(LogPlace? place) => place is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{known.Epoch.Value[..4]}:{known.Position.Value}")
        : "no place";
}
