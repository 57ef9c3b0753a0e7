using System.Collections.Immutable;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Garm.Cli.Tests.Support;
using Garm.Client.Events;
using Garm.Contracts.Events;

namespace Garm.Cli.Tests.Client;

public sealed class GarmEventClientSpecs
{
    private const string Event = """{"entity-type":"pool","operation":"create","payload":{"id":"p1"}}""";

    [Fact]
    public async Task Client_ShouldSendTokenAndOptions()
    {
        await using var hub = await FakeHub.StartAsync();
        var options = new EventOptions(false,
        [
            new EntityEventFilter(EntityType.Pool, []),
            new EntityEventFilter(EntityType.Job, [ChangeOperation.Create, ChangeOperation.Delete]),
        ]);

        await using var stream = await Client(hub).OpenAsync(options);
        var socket = await hub.NextSocketAsync();

        Assert.Null(stream.End);
        Assert.Equal($"Bearer {FakeHub.Token}", socket.Authorization);
        Assert.Equal(
            """{"filters":[{"entity-type":"pool"},{"entity-type":"job","operations":["create","delete"]}]}""",
            await socket.ReceiveAsync());
    }

    [Fact]
    public async Task Stream_ShouldYieldTextsAsReceived_ThenTheCloseFramesCodeAndReason()
    {
        await using var hub = await FakeHub.StartAsync();
        await using var stream = await Client(hub).OpenAsync(EventOptionsJson.Everything);
        var socket = await hub.NextSocketAsync();
        var spaced = """{ "payload": {"name":"Zoë","n":1.50} }""";

        await socket.SendAsync(Event);
        await socket.SendAsync(spaced);
        await socket.CloseAsync(1013, "slow-consumer");

        Assert.Equal([Event, spaced], await TextsAsync(stream));
        Assert.Equal(new EventStreamEnd.ClosedByServer(1013, "slow-consumer", null), stream.End);
    }

    [Theory]
    [InlineData("""{"operation":"create"}""")]
    [InlineData("bare words")]
    public async Task Stream_ShouldEnd_AtWhatIsNoEvent_RatherThanPassOverIt(string text)
    {
        await using var hub = await FakeHub.StartAsync();
        await using var stream = await Client(hub).OpenAsync(EventOptionsJson.Everything);
        var socket = await hub.NextSocketAsync();
        await socket.SendAsync(Event);
        await socket.SendAsync("""{"control":"heartbeat"}""");
        await socket.SendAsync(text);
        await socket.SendAsync(Event);
        await socket.CloseAsync(1000);

        var count = 0;
        await foreach (var _ in stream.ReadAsync()) count++;

        Assert.Equal(1, count);
        Assert.IsType<EventStreamEnd.Unreadable>(stream.End);
    }

    [Fact]
    public async Task Stream_ShouldPutFragmentsTogether_AlsoWhereTheySplitACharacter()
    {
        await using var hub = await FakeHub.StartAsync();
        await using var stream = await Client(hub).OpenAsync(EventOptionsJson.Everything);
        var socket = await hub.NextSocketAsync();
        var text = $$"""{"name":"{{new string('x', 100_000)}}ë"}""";
        var bytes = Encoding.UTF8.GetBytes(text);

        await socket.SendFragmentsAsync(bytes[..10], bytes[10..^3], bytes[^3..]);
        await socket.CloseAsync(1000);

        Assert.Equal([text], await TextsAsync(stream));
    }

    [Fact]
    public async Task Stream_ShouldYieldEvents_AndPassOverWhatIsNone()
    {
        await using var hub = await FakeHub.StartAsync();
        await using var stream = await Client(hub).OpenAsync(EventOptionsJson.Everything);
        var socket = await hub.NextSocketAsync();
        await socket.SendAsync("""{"control":"heartbeat"}""");
        await socket.SendAsync(Event);
        await socket.CloseAsync(1000);

        var events = new List<GarmEvent>();
        await foreach (var garmEvent in stream.ReadAsync()) events.Add(garmEvent);

        var only = Assert.Single(events);
        Assert.Equal(("pool", "create"), (only.EntityType, only.Operation));
        Assert.Equal("p1", only.Payload.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Stream_ShouldTellTheServersComplaint_AndNotYieldIt()
    {
        await using var hub = await FakeHub.StartAsync();
        await using var stream = await Client(hub).OpenAsync(EventOptionsJson.Everything);
        var socket = await hub.NextSocketAsync();
        await socket.SendAsync("invalid filter");
        await socket.CloseAsync(1000);

        Assert.Empty(await TextsAsync(stream));
        Assert.Equal(new EventStreamEnd.ClosedByServer(1000, "", "invalid filter"), stream.End);
        Assert.Contains("invalid filter", stream.End!.Message);
    }

    [Fact]
    public async Task Stream_ShouldTellThatTheConnectionWasLost_WhenItBreaksWithoutACloseFrame()
    {
        await using var hub = await FakeHub.StartAsync();
        await using var stream = await Client(hub).OpenAsync(EventOptionsJson.Everything);
        var socket = await hub.NextSocketAsync();

        socket.Cut();

        Assert.Empty(await TextsAsync(stream));
        Assert.IsType<EventStreamEnd.ConnectionLost>(stream.End);
    }

    [Fact]
    public async Task Stream_ShouldSayGoodbye_WhenTheCallerStops()
    {
        await using var hub = await FakeHub.StartAsync();
        await using var stream = await Client(hub).OpenAsync(EventOptionsJson.Everything);
        var socket = await hub.NextSocketAsync();
        await socket.ReceiveAsync();
        using var stop = new CancellationTokenSource();
        var reading = TextsAsync(stream, stop.Token);

        stop.Cancel();

        Assert.Null(await socket.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseCode);
        await socket.AnswerCloseAsync();
        Assert.Empty(await reading);
        Assert.IsType<EventStreamEnd.StoppedByCaller>(stream.End);
    }

    [Fact]
    public async Task Stream_ShouldEndAlsoWhenTheServerDoesNotAnswerTheGoodbye()
    {
        await using var hub = await FakeHub.StartAsync();
        var client = new GarmEventClient(hub.Address, FakeHub.Token) { ClosePatience = TimeSpan.FromMilliseconds(50) };
        await using var stream = await client.OpenAsync(EventOptionsJson.Everything);
        await hub.NextSocketAsync();
        using var stop = new CancellationTokenSource();
        var reading = TextsAsync(stream, stop.Token);

        stop.Cancel();

        Assert.Empty(await reading);
        Assert.IsType<EventStreamEnd.StoppedByCaller>(stream.End);
    }

    [Fact]
    public async Task Disposing_ShouldCloseTheSocket_WhenTheReaderLeftEarly()
    {
        await using var hub = await FakeHub.StartAsync();
        var stream = await Client(hub).OpenAsync(EventOptionsJson.Everything);
        var socket = await hub.NextSocketAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync(Event);

        await foreach (var _ in stream.ReadTextAsync()) break;
        await stream.DisposeAsync();

        Assert.Null(await socket.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseCode);
    }

    [Fact]
    public async Task Refusal_ShouldCarryStatusAndBody_WhenTheTokenIsRefused()
    {
        await using var hub = await FakeHub.StartAsync();

        await using var stream = await new GarmEventClient(hub.Address, "wrong").OpenAsync(EventOptionsJson.Everything);

        var refused = Assert.IsType<EventStreamEnd.HandshakeRefused>(stream.End);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Error.Status);
        Assert.Equal("Authentication failed", refused.Error.Error);
        Assert.Contains("log in again", refused.Message);
        Assert.Empty(await TextsAsync(stream));
    }

    [Fact]
    public async Task Refusal_ShouldSayThatTheServerIsNotInitialised()
    {
        await using var hub = await FakeHub.StartAsync(initialised: false);

        await using var stream = await Client(hub).OpenAsync(EventOptionsJson.Everything);

        var refused = Assert.IsType<EventStreamEnd.HandshakeRefused>(stream.End);
        Assert.Equal((HttpStatusCode.Conflict, "init_required"), (refused.Error.Status, refused.Error.Error));
        Assert.Contains("no administrator yet", refused.Message);
    }

    [Fact]
    public async Task Refusal_ShouldSayThatTheUrlsAreNotSet()
    {
        await using var hub = await FakeHub.StartAsync();
        hub.Controller = [];

        await using var stream = await Client(hub).OpenAsync(EventOptionsJson.Everything);

        var refused = Assert.IsType<EventStreamEnd.HandshakeRefused>(stream.End);
        Assert.Equal((HttpStatusCode.Conflict, "urls_required"), (refused.Error.Status, refused.Error.Error));
        Assert.Contains("URLs are not set", refused.Message);
    }

    [Fact]
    public async Task Client_ShouldTellThatNobodyAnswers()
    {
        await using var stream = await new GarmEventClient(FakeHub.Nobody, FakeHub.Token).OpenAsync(EventOptionsJson.Everything);

        Assert.IsType<EventStreamEnd.Unreachable>(stream.End);
    }

    [Fact]
    public void Buffer_ShouldRefuse_WhatIsOverItsLimit()
    {
        var buffer = new MessageBuffer(4);
        buffer.Advance(buffer.Free().Length);

        Assert.Equal(4, buffer.Written.Length);
        Assert.Throws<InvalidDataException>(() => buffer.Free());
    }

    // A long timeout, so that only the test of the timeout reaches it.
    private static GarmEventClient Client(FakeHub hub) =>
        new(hub.Address, FakeHub.Token) { ClosePatience = TimeSpan.FromMinutes(1) };

    private static async Task<ImmutableList<string>> TextsAsync(GarmEventStream stream, CancellationToken stop = default)
    {
        var texts = ImmutableList.CreateBuilder<string>();
        await foreach (var text in stream.ReadTextAsync(stop)) texts.Add(text);
        return texts.ToImmutable();
    }
}
