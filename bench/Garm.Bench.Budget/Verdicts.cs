using System.Globalization;

namespace Garm.Bench.Budget;

/// <summary>The table: what was measured, beside what it is held to.</summary>
internal sealed class Verdicts
{
    private readonly List<string[]> _rows = [["item", "what", "hub", "beside", "ratio", "budget", ""]];

    public bool AllHold { get; private set; } = true;

    /// <summary>The hub's value may be at most so many times the other's.</summary>
    public void AtMost(string item, string what, double hub, double other, double factor) =>
        Add(item, what, hub, Text(other), hub / other, $"≤ {Text(factor)}", hub <= other * factor);

    /// <summary>The hub's value must be at least so many times the other's.</summary>
    public void AtLeast(string item, string what, double hub, double other, double factor) =>
        Add(item, what, hub, Text(other), hub / other, $"≥ {Text(factor)}", hub >= other * factor);

    /// <summary>The hub's value has a bound of its own.</summary>
    public void Within(string item, string what, double hub, double bound) => Add(item, what, hub, "", null, $"≤ {Text(bound)}", hub <= bound);

    /// <summary>Only told.</summary>
    public void Tell(string item, string what, double hub) => _rows.Add([item, what, Text(hub), "", "", "", ""]);

    /// <summary>Nothing may be lost, doubled or out of order.</summary>
    public void Flawless(string item, IEnumerable<Result> results) => Within(
        item, "lost, doubled, out of order", results.Sum(x => x["lost"] + x["dup"] + x["out_of_order"] + x["write_errors"]), 0);

    public void Print()
    {
        var widths = Enumerable.Range(0, _rows[0].Length).Select(i => _rows.Max(x => x[i].Length)).ToList();
        foreach (var row in _rows) Console.WriteLine(string.Join("  ", row.Select((x, i) => x.PadRight(widths[i]))).TrimEnd());
    }

    private void Add(string item, string what, double hub, string beside, double? ratio, string budget, bool holds)
    {
        AllHold &= holds;
        _rows.Add([item, what, Text(hub), beside, ratio is { } x ? Text(x) : "", budget, holds ? "ok" : "OVER"]);
    }

    private static string Text(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "#,##0" : "0.##", CultureInfo.InvariantCulture);
}
