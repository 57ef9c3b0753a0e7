namespace Garm.Faults.Tests.Ledgers;

/// <summary>The violations of the hub's promises; all lists are empty when there are none. Each entry is a sentence for the failure.</summary>
internal sealed record Verdict
{
    private const int Shown = 5;

    /// <summary>Acknowledged, but not seen by a subscriber whose filter matches.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    /// <summary>Seen more than once by one subscriber.</summary>
    public required IReadOnlyList<string> Doubled { get; init; }

    /// <summary>Seen after a later write, or in another history.</summary>
    public required IReadOnlyList<string> Reordered { get; init; }

    /// <summary>Seen at different places, or different writes at one place.</summary>
    public required IReadOnlyList<string> Disagreed { get; init; }

    /// <summary>Seen by a subscriber whose filter excludes it, or written by nobody.</summary>
    public required IReadOnlyList<string> Unwanted { get; init; }

    /// <summary>A write whose answer was lost, seen by some and not by others.</summary>
    public required IReadOnlyList<string> Uneven { get; init; }

    /// <summary>A change without its event, or an event without its change.</summary>
    public required IReadOnlyList<string> Unstored { get; init; }

    /// <summary>Whether there are no violations.</summary>
    public bool IsClean => Problems.Count == 0;

    /// <summary>Whether there are no violations, except those that may still resolve.</summary>
    public bool MayMend => Doubled.Count + Reordered.Count + Disagreed.Count + Unwanted.Count == 0;

    private List<string> Problems => [.. Lost, .. Doubled, .. Reordered, .. Disagreed, .. Unwanted, .. Uneven, .. Unstored];

    /// <inheritdoc />
    public override string ToString() =>
        $"lost {Lost.Count}, doubled {Doubled.Count}, reordered {Reordered.Count}, disagreed {Disagreed.Count}, "
        + $"unwanted {Unwanted.Count}, uneven {Uneven.Count}, unstored {Unstored.Count}"
        + string.Concat(Problems.Take(Shown).Select(x => $"\n  {x}"));
}
