using System.Text;
using System.Threading.Channels;

namespace Garm.Cli.Tests.Support;

/// <summary>A writer whose lines a test can wait for while the command still runs.</summary>
internal sealed class LineCapture : TextWriter
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _current = new();
    private readonly StringBuilder _all = new();
    private readonly Lock _lock = new();

    public override Encoding Encoding => Encoding.UTF8;

    public string All
    {
        get
        {
            lock (_lock) return _all.ToString();
        }
    }

    public override void Write(char value)
    {
        lock (_lock)
        {
            _all.Append(value);
            if (value == '\r') return;
            if (value != '\n')
            {
                _current.Append(value);
                return;
            }

            _lines.Writer.TryWrite(_current.ToString());
            _current.Clear();
        }
    }

    public Task<string> NextAsync(string what) => Wait.ForAsync(what, _lines.Reader.ReadAsync().AsTask());
}
