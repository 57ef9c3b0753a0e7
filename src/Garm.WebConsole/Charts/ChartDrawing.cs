using System.Globalization;
using System.Text;

namespace Garm.WebConsole.Charts;

/// <summary>Makes charts of numbers.</summary>
internal static class ChartDrawing
{
    private const int Height = 100;

    /// <summary>The width of a value, in units of the view box.</summary>
    private const int Step = 10;

    /// <summary>The space at each side of a bar.</summary>
    private const double Gap = 0.5;

    /// <summary>Series as lines.</summary>
    /// <param name="labels">The text below each value; empty for none.</param>
    /// <param name="series">The series. Each has a value for each label, none below zero.</param>
    public static Chart Lines(IReadOnlyList<string> labels, params IReadOnlyList<(string Name, string Colour, double[] Values)> series)
    {
        var axis = Axis.Of(series.SelectMany(x => x.Values).DefaultIfEmpty().Max());
        return Draw(labels, axis, false, series.Select(x => Line(x, LinePath(x.Values, axis))));
    }

    /// <summary>Series as bars that stand on each other, the first one at the bottom.</summary>
    /// <inheritdoc cref="Lines"/>
    public static Chart Stacked(IReadOnlyList<string> labels, params IReadOnlyList<(string Name, string Colour, double[] Values)> series)
    {
        var axis = Axis.Of(Enumerable.Range(0, labels.Count).Select(i => series.Sum(x => x.Values[i])).DefaultIfEmpty().Max());
        var below = new double[labels.Count];
        return Draw(labels, axis, true, series.Select(x => Line(x, BarPath(x.Values, below, axis))));
    }

    /// <summary>The step of an axis: 1, 2 or 5 with zeros, so that there are at most five.</summary>
    internal static int StepOf(double highest)
    {
        for (var zeros = 1; ; zeros *= 10)
        {
            foreach (var step in (ReadOnlySpan<int>)[zeros, 2 * zeros, 5 * zeros])
            {
                if (highest <= 5.0 * step) return step;
            }
        }
    }

    private static Chart Draw(IReadOnlyList<string> labels, Axis axis, bool isStacked, IEnumerable<ChartLine> lines)
    {
        var width = labels.Count * Step;
        return new Chart(
            [.. lines],
            isStacked,
            $"0 0 {width} {Height}",
            string.Concat(axis.Numbers.Select(x => $"M0 {Text(axis.At(x))}H{width}")),
            [.. axis.Numbers.Select(x => new ChartMark(x.ToString(CultureInfo.InvariantCulture), Text(Height - axis.At(x))))],
            [.. labels.Index().Where(x => x.Item.Length > 0).Select(x => new ChartMark(x.Item, Text(100 * (x.Index + 0.5) / labels.Count)))]);
    }

    private static ChartLine Line((string Name, string Colour, double[] Values) series, string path) =>
        new(series.Name, series.Colour, path, series.Values is [.., var last] ? last : 0);

    private static string LinePath(double[] values, Axis axis)
    {
        var path = new StringBuilder();
        for (var i = 0; i < values.Length; i++) path.Append(i == 0 ? 'M' : 'L').Append(Text((i + 0.5) * Step)).Append(' ').Append(Text(axis.At(values[i])));
        return path.ToString();
    }

    private static string BarPath(double[] values, double[] below, Axis axis)
    {
        var path = new StringBuilder();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] <= 0) continue;
            var bottom = Text(axis.At(below[i]));
            below[i] += values[i];
            path.Append('M').Append(Text(i * Step + Gap)).Append(' ').Append(bottom).Append('V').Append(Text(axis.At(below[i])))
                .Append('H').Append(Text((i + 1) * Step - Gap)).Append('V').Append(bottom).Append('Z');
        }

        return path.ToString();
    }

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The vertical axis: where a number is, in units of the view box from its top.</summary>
    private sealed record Axis(IReadOnlyList<int> Numbers)
    {
        public static Axis Of(double highest)
        {
            var step = StepOf(highest);
            return new Axis([.. Enumerable.Range(0, Math.Max(1, (int)Math.Ceiling(highest / step)) + 1).Select(i => i * step)]);
        }

        public double At(double number) => Height - number * Height / Numbers[^1];
    }
}
