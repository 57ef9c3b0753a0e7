using System.Globalization;
using Garm.Log;

namespace Garm.Faults.Tests.Ledgers;

/// <summary>A write that was sent.</summary>
/// <param name="Identity">Identifies it among all writes.</param>
/// <param name="Place">Its place according to the answer; null when the answer was lost, so that it may be stored or not.</param>
/// <param name="IsMarked">Whether the narrow filter passes it.</param>
internal sealed record WrittenChange(string Identity, LogPlace? Place, bool IsMarked);

/// <summary>A change that a subscriber received.</summary>
internal sealed record SeenChange(string Identity, LogPlace Place);

/// <summary>What one subscriber received over all its connections, in that order.</summary>
/// <param name="Name">Identifies it in a verdict.</param>
/// <param name="IsNarrow">Whether it subscribed to marked changes only.</param>
internal sealed record SubscriberLog(string Name, bool IsNarrow, IReadOnlyList<SeenChange> Seen)
{
    /// <summary>Whether its filter matches this write.</summary>
    public bool Wants(WrittenChange write) => write.IsMarked || !IsNarrow;
}

/// <summary>The writes, what each subscriber received, and what is stored in the end: enough to check the hub's promises.</summary>
/// <param name="Stored">The identities that the API lists.</param>
internal sealed record Ledger(
    IReadOnlyList<WrittenChange> Written, IReadOnlyList<SubscriberLog> Subscribers, IReadOnlySet<string> Stored)
{
    /// <summary>Checks the promises.</summary>
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

    // There is one history, and its positions only rise.
    private static IEnumerable<string> ReorderedFor(SubscriberLog subscriber) => subscriber.Seen
        .Zip(subscriber.Seen.Skip(1))
        .Where(x => x.Second.Place.Epoch != x.First.Place.Epoch || x.Second.Place.Position <= x.First.Place.Position)
        .Select(x => $"{subscriber.Name} saw {PlaceOf(x.Second.Place)} after {PlaceOf(x.First.Place)}");

    // Two subscribers must see the same write at one place, and one write at the same place, which is also that of the answer.
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
