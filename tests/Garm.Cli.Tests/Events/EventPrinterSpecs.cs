using Garm.Cli.Events;
using Garm.Cli.Tests.Support;

namespace Garm.Cli.Tests.Events;

public sealed class EventPrinterSpecs
{
    private const string LongEvent =
        """{"entity-type":"controller","operation":"update","payload":{"hostname":"hub","metadata_url":"https://a-long-host-name.example.com/api/v1/metadata","callback_url":"https://a-long-host-name.example.com/api/v1/callbacks"}}""";

    [Fact]
    public async Task Printer_ShouldKeepTheTextAsItIs()
    {
        using var output = new LineCapture();

        new EventPrinter(output, pretty: false, colour: true, TimeProvider.System).Print("{ \"ä\" : 1.0 }");

        Assert.Equal("{ \"ä\" : 1.0 }", await output.NextAsync("the event"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Printer_ShouldKeepAPrettyEventOnOneLine_HoweverLong(bool colour)
    {
        using var output = new LineCapture();

        new EventPrinter(output, pretty: true, colour, TimeProvider.System).Print(LongEvent);

        var line = await output.NextAsync("the event");
        Assert.Contains("https://a-long-host-name.example.com/api/v1/callbacks", line);
        Assert.Equal(colour, line.Contains('\u001b'));
    }

    [Fact]
    public async Task Printer_ShouldShowWhatIsNoEvent_AsItIs()
    {
        using var output = new LineCapture();

        new EventPrinter(output, pretty: true, colour: false, TimeProvider.System).Print("""{"control":"caught-up"}""");

        Assert.Equal("""{"control":"caught-up"}""", await output.NextAsync("the frame"));
    }
}
