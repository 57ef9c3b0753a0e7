using System.Text;

namespace Garm.TestUtilities;

/// <summary>The output lines of a process, which arrive on other threads.</summary>
internal sealed class HostOutput
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    public void Add(string? line)
    {
        // The end of a stream is a null line.
        if (line is null) return;
        lock (_gate) _text.AppendLine(line);
    }

    public override string ToString()
    {
        lock (_gate) return _text.ToString();
    }
}
