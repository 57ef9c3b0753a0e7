namespace Garm.Cli.Terminal;

/// <summary>
/// Columns of plain text. A column is as wide as its widest cell so far: rows that are added before anything is written line up, and
/// those that come later widen their columns from there on.
/// </summary>
/// <param name="headers">The columns' headers.</param>
internal sealed class TextTable(IReadOnlyList<string> headers)
{
    private const string Gap = "  ";
    private const string Nothing = "-";

    private readonly int[] _widths = [.. headers.Select(x => x.Length)];
    private readonly List<IReadOnlyList<string>> _rows = [headers];

    /// <summary>Adds a row; one cell a header. A cell is cleaned of what must not reach a terminal, and an empty one shows a dash.</summary>
    public void Add(IReadOnlyList<string> cells)
    {
        if (cells.Count != _widths.Length) throw new ArgumentException($"{cells.Count} cells for {_widths.Length} columns", nameof(cells));
        var row = cells.Select(x => x == "" ? Nothing : SafeText.Clean(x)).ToList();
        for (var i = 0; i < row.Count; i++) _widths[i] = Math.Max(_widths[i], row[i].Length);
        _rows.Add(row);
    }

    /// <summary>Writes the rows that were added since the last time; the headers first of all.</summary>
    public void WriteTo(TextWriter output)
    {
        foreach (var row in _rows) output.WriteLine(string.Join(Gap, row.Select((x, i) => x.PadRight(_widths[i]))).TrimEnd());
        _rows.Clear();
    }
}
