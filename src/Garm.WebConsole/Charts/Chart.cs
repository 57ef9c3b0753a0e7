namespace Garm.WebConsole.Charts;

/// <summary>
/// A drawn chart. Each series is one SVG path, not one element for each value: a circuit keeps every element that a component renders,
/// and the drawing is shared by all pages.
/// </summary>
/// <param name="Lines">The series, in the order of the legend.</param>
/// <param name="IsStacked">Whether the series are bars that stand on each other; else they are lines.</param>
/// <param name="Size">The view box of the paths.</param>
/// <param name="Grid">The path of the horizontal lines.</param>
/// <param name="Scale">The numbers at the left, from the bottom.</param>
/// <param name="Times">The labels below, from the left.</param>
public sealed record Chart(
    IReadOnlyList<ChartLine> Lines, bool IsStacked, string Size, string Grid, IReadOnlyList<ChartMark> Scale, IReadOnlyList<ChartMark> Times);

/// <summary>A series of a chart.</summary>
/// <param name="Name">What the numbers are.</param>
/// <param name="Colour">A CSS colour.</param>
/// <param name="Path">An SVG path.</param>
/// <param name="Last">The last number.</param>
public sealed record ChartLine(string Name, string Colour, string Path, double Last);

/// <summary>A text beside an axis.</summary>
/// <param name="Text">The text.</param>
/// <param name="Percent">Where it is on the axis, in percent of its length.</param>
public readonly record struct ChartMark(string Text, string Percent);
