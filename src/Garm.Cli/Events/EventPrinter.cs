using System.Globalization;
using System.Text.Json;
using Garm.Cli.Terminal;
using Garm.Client.Events;
using Garm.Contracts.Json;
using Spectre.Console;

namespace Garm.Cli.Events;

/// <summary>Writes events to stdout, one a line, each flushed so that a pipe sees it at once.</summary>
internal sealed class EventPrinter
{
    // Spectre breaks lines at the console's width (80 in a pipe); an event stays on one line, however long.
    private const int NoWrapping = 1_000_000;

    private readonly TextWriter _out;
    private readonly IAnsiConsole? _colours;
    private readonly bool _pretty;
    private readonly TimeProvider _clock;
    private readonly EventTitles _titles = new();

    public EventPrinter(TextWriter output, bool pretty, bool colour, TimeProvider clock)
    {
        _out = output;
        _pretty = pretty;
        _clock = clock;
        if (!pretty || !colour) return;
        _colours = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Out = new AnsiConsoleOutput(output),
        });
        _colours.Profile.Width = NoWrapping;
    }

    /// <summary>False when the reader of the output has closed it, as in <c>garmctl debug-events | head -1</c>.</summary>
    public bool TryPrint(string text)
    {
        try
        {
            Print(text);
            return true;
        }
        catch (IOException e) when (StandardOutput.IsReaderGone(e))
        {
            return false;
        }
    }

    public void Print(string text)
    {
        if (!_pretty) _out.WriteLine(text);
        else if (!GarmEvent.TryParse(text, out var garmEvent)) _out.WriteLine(SafeText.Clean(text));
        else Print(LineOf(garmEvent, text));
        _out.Flush();
    }

    private EventLine LineOf(GarmEvent garmEvent, string text)
    {
        using var json = JsonDocument.Parse(text, JsonText.AnyDepth);
        var cursor = json.RootElement.TryGetProperty("cursor", out var found) ? found.ToString() : null;
        var isCommitted = json.RootElement.TryGetProperty("committed-at", out var time)
            & DateTimeOffset.TryParse(time.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var committedAt);
        var at = isCommitted ? TimeZoneInfo.ConvertTime(committedAt, _clock.LocalTimeZone) : _clock.GetLocalNow();
        return EventLine.From(garmEvent, at, _titles.Of(garmEvent), cursor);
    }

    private void Print(EventLine line)
    {
        if (_colours is null) _out.WriteLine(line.ToText());
        else _colours.MarkupLine(line.ToMarkup());
    }
}
