using Garm.Golden.Comparing;
using Garm.Golden.Scenarios;
using Garm.Golden.Sockets;
using static Garm.Golden.Tests.Recordings;

namespace Garm.Golden.Tests;

public sealed class AnswerAndFrameSpecs
{
    private static readonly ResponseSpec Recorded = new()
    {
        Status = 200,
        Headers = new Dictionary<string, string?> { ["content-type"] = "application/json" },
        Body = Element("""{"a":1}"""),
    };

    private static readonly ExpectedFrame[] Rejected =
    [
        new() { Type = "text", Text = "invalid filter", Optional = true },
        new() { Type = "close", Code = 1000 },
        new() { Type = "eof" },
    ];

    [Theory]
    [InlineData(200, "application/json", """{"a":1}""", true)]
    [InlineData(200, "application/json; charset=utf-8", """{"a":1}""", true)]
    [InlineData(201, "application/json", """{"a":1}""", false)]
    [InlineData(200, "text/plain", """{"a":1}""", false)]
    [InlineData(200, null, """{"a":1}""", false)]
    [InlineData(200, "application/json", """{"a":2}""", false)]
    public void Answer_ShouldMatchInStatusTypeAndBody(int status, string? contentType, string body, bool equal)
    {
        var found = ResponseComparer.Differences(new Comparer(), Recorded, new(status, contentType, Element(body)), "");

        Assert.Equal(equal, !found.Any());
    }

    [Fact]
    public void AnswerWithoutContentType_ShouldNotGainOne()
    {
        var recorded = new ResponseSpec
        {
            Status = 204,
            Headers = new Dictionary<string, string?> { ["content-type"] = null },
            Body = Element("\"\""),
        };

        Assert.Empty(ResponseComparer.Differences(new Comparer(), recorded, new(204, null, Element("\"\"")), ""));
        Assert.NotEmpty(
            ResponseComparer.Differences(new Comparer(), recorded, new(204, "text/plain", Element("\"\"")), ""));
    }

    [Fact]
    public void LineFeedAtTheEndOfAText_ShouldNotCount()
    {
        var recorded = Recorded with { Headers = null, Body = Element("\"Forbidden\\n\"") };

        Assert.Empty(
            ResponseComparer.Differences(new Comparer(), recorded, new(200, null, Element("\"Forbidden\"")), ""));
    }

    [Fact]
    public void Frames_ShouldMatchWithAndWithoutTheOptionalOne()
    {
        var close = new SocketFrame(FrameKind.Close, "", 1000);
        var eof = new SocketFrame(FrameKind.Eof);

        Assert.Empty(Frames(Rejected, close, eof));
        Assert.Empty(Frames(Rejected, new SocketFrame(FrameKind.Text, "invalid filter"), close, eof));
        Assert.Empty(Frames(Rejected, close, eof, new SocketFrame(FrameKind.Ping)));
    }

    [Fact]
    public void OtherFrames_ShouldDiffer()
    {
        var close = new SocketFrame(FrameKind.Close, "", 1000);
        var eof = new SocketFrame(FrameKind.Eof);

        Assert.NotEmpty(Frames(Rejected, close));
        Assert.NotEmpty(Frames(Rejected, eof));
        Assert.NotEmpty(Frames(Rejected, new SocketFrame(FrameKind.Close, "", 1008), eof));
        Assert.NotEmpty(Frames(Rejected, new SocketFrame(FrameKind.Close), eof));
        Assert.NotEmpty(Frames(Rejected, new SocketFrame(FrameKind.Close, "why", 1000), eof));
        Assert.NotEmpty(Frames(Rejected, new SocketFrame(FrameKind.Text, "another text"), close, eof));
        Assert.NotEmpty(Frames(Rejected, close, eof, eof));
        Assert.NotEmpty(Frames([], new SocketFrame(FrameKind.Text, "surprise")));
        Assert.NotEmpty(Frames([new() { Type = "pong", Data = "a" }], new SocketFrame(FrameKind.Pong, "b")));
    }

    [Fact]
    public void EventFrame_ShouldBeComparedAsAnEvent()
    {
        var recorded = Element("""{"entity-type":"proxy","payload":{"id":1}}""");
        ExpectedFrame[] expected = [new() { Type = "event", Event = recorded }];
        var same = new SocketFrame(FrameKind.Text, """{"entity-type":"proxy","payload":{"id":5}}""");
        var other = new SocketFrame(FrameKind.Text, """{"entity-type":"proxy","payload":{}}""");

        Assert.Empty(Frames(expected, same));
        Assert.NotEmpty(Frames(expected, other));
    }

    private static IEnumerable<string> Frames(IReadOnlyList<ExpectedFrame> expected, params SocketFrame[] actual) =>
        FrameComparer.Differences(new Comparer(), expected, actual);
}
