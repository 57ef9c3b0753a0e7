using System.Globalization;

namespace Garm.Log;

/// <summary>
/// A position in the change log. Positions start at 1, are dense, and are in the order of the commits: a
/// reader that has reached position n has missed nothing before it.
/// </summary>
/// <param name="Value">The number; 0 is the place before the first change.</param>
public readonly record struct LogPosition(long Value) : IComparable<LogPosition>
{
    /// <summary>The position before the first change.</summary>
    public static LogPosition Origin => default;

    /// <summary>The position of the next change.</summary>
    public LogPosition Next => new(Value + 1);

    /// <inheritdoc />
    public int CompareTo(LogPosition other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(LogPosition left, LogPosition right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(LogPosition left, LogPosition right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> is or comes before <paramref name="right"/>.</summary>
    public static bool operator <=(LogPosition left, LogPosition right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> is or comes after <paramref name="right"/>.</summary>
    public static bool operator >=(LogPosition left, LogPosition right) => left.Value >= right.Value;

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
