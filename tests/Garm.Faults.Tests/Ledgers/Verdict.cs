namespace Garm.Faults.Tests.Ledgers;

/// <summary>How the hub broke its word; nothing of all when it kept it. Each entry is a sentence for the failure.</summary>
internal sealed record Verdict
{
    private const int Shown = 5;

    /// <summary>Acknowledged, and not seen by one who asked for it.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    /// <summary>Seen more than once by one.</summary>
    public required IReadOnlyList<string> Doubled { get; init; }

    /// <summary>Seen after what follows it, or in another history.</summary>
    public required IReadOnlyList<string> Reordered { get; init; }

    /// <summary>Not the same place, or not the same thing, for everybody.</summary>
    public required IReadOnlyList<string> Disagreed { get; init; }

    /// <summary>Seen by one whose filter excludes it, or written by nobody.</summary>
    public required IReadOnlyList<string> Unwanted { get; init; }

    /// <summary>A write whose answer was lost, seen by some and not by others.</summary>
    public required IReadOnlyList<string> Uneven { get; init; }

    /// <summary>A change without its event, or an event without its change.</summary>
    public required IReadOnlyList<string> Unstored { get; init; }

    /// <summary>Whether the hub kept its word.</summary>
    public bool IsClean => Problems.Count == 0;

    /// <summary>Whether nothing is wrong that time could not mend.</summary>
    public bool MayMend => Doubled.Count + Reordered.Count + Disagreed.Count + Unwanted.Count == 0;

    private List<string> Problems => [.. Lost, .. Doubled, .. Reordered, .. Disagreed, .. Unwanted, .. Uneven, .. Unstored];

    /// <inheritdoc />
    public override string ToString() =>
        $"lost {Lost.Count}, doubled {Doubled.Count}, reordered {Reordered.Count}, disagreed {Disagreed.Count}, "
        + $"unwanted {Unwanted.Count}, uneven {Uneven.Count}, unstored {Unstored.Count}"
        + string.Concat(Problems.Take(Shown).Select(x => $"\n  {x}"));
}
