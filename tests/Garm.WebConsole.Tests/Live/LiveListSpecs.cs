using System.Text;
using Garm.WebConsole.Live;

namespace Garm.WebConsole.Tests.Live;

/// <summary>What a page keeps does not grow.</summary>
public sealed class LiveListSpecs
{
    [Fact]
    public void TheNewest_AreKept_UpToANumber()
    {
        var list = new LiveList();
        for (var i = 1; i <= 1_000; i++) list.Add(Event($"c{i}"));

        Assert.Equal(LiveList.MostEvents, list.Count);
        Assert.Equal(Enumerable.Range(0, LiveList.MostEvents).Select(x => $"c{1_000 - x}"), list.Events.Select(x => x.Cursor));
        Assert.Equal(1_000, list.Seen);
    }

    [Fact]
    public void ALine_IsAnEvent_OrWhatTheHubSays()
    {
        var line = LiveLine.Read(
            Encoding.UTF8.GetBytes(
                """{"entity-type":"instance","operation":"update","left":true,"source":"old","payload":{"id":"7","name":"r","status":"running"},"cursor":"c","committed-at":"2026-01-02T03:04:05.000006Z"}"""));
        var item = Assert.IsType<LiveLine.OfEvent>(line).Event;
        Assert.Equal(("instance", "update", "old", "left", "c", "7", "r", "running"),
            (item.Type, item.Operation, item.Source, item.Move, item.Cursor, item.Id, item.Name, item.State));
        Assert.Equal("""["c","03:04:05.000","update","busy","left","instance","old","r","running"]""", item.Row);

        Assert.Equal(
            new LiveLine.OfControl("error", "no such field"),
            LiveLine.Read("""{"control":"error","code":"invalid-filter","message":"no such field"}"""u8.ToArray()));
    }

    [Fact]
    public void TheSameBytes_AreReadOnce_ForAllPages()
    {
        var lines = new LiveLines();
        var bytes = """{"control":"caught-up"}"""u8.ToArray();

        Assert.Same(lines.Read(bytes), lines.Read(bytes.AsMemory(0)));
        Assert.NotSame(lines.Read(bytes), lines.Read(bytes.ToArray()));
        var first = lines.Read(bytes);
        for (var i = 0; i < 1_000; i++) lines.Read(bytes.ToArray());
        Assert.NotSame(first, lines.Read(bytes)); // What is kept is bounded,

        var large = Encoding.UTF8.GetBytes($$"""{"control":"error","message":"{{new string('x', 2 * 1024 * 1024)}}"}""");
        Assert.NotSame(lines.Read(large), lines.Read(large)); // in bytes, too.
    }

    private static LiveEvent Event(string cursor) => new("job", "update", "", "", cursor, default, "1", "n", "");
}
