using System.Text;
using Garm.Actors.Sessions;
using Garm.WebSockets;
using Xunit;
using static Garm.Host.Tests.Events.ClientBytes;

namespace Garm.Host.Tests.Events;

/// <summary>The pump over real sockets, with a scripted session behind it.</summary>
public sealed class WebSocketPumpSpecs : IAsyncLifetime
{
    private SocketHost _host = null!;

    public async Task InitializeAsync() => _host = await SocketHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Session_ShouldBeTold_EverythingInTheOrderOfTheWire()
    {
        var (client, session) = await _host.OpenAsync();
        await client.SendAsync((byte[])
        [
            .. Frame(Text, "one"u8), .. Frame(Ping, "p"u8), .. Frame(Pong, ""u8), .. Frame(Text, "tw"u8, final: false),
            .. Frame(Ping, ""u8), .. Frame(Continuation, "o"u8), .. Frame(Binary, ""u8), .. CloseFrame(1000),
        ]);

        Assert.Equal("one", Utf8((await session.ToldAsync<ClientMessage>()).Content));
        Assert.Equal("p", Utf8((await session.ToldAsync<ClientPing>()).Payload));
        await session.ToldAsync<ClientPong>();
        Assert.Equal("", Utf8((await session.ToldAsync<ClientPing>()).Payload));
        Assert.Equal("two", Utf8((await session.ToldAsync<ClientMessage>()).Content));
        Assert.Equal("", Utf8((await session.ToldAsync<ClientMessage>()).Content));
        Assert.Equal((ushort)1000, (await session.ToldAsync<ClientClosed>()).Code);
        await _host.HandlerEndsAsync();
        Assert.True(session.WasToldNothingMore);
    }

    [Fact]
    public async Task Message_ShouldArrive_WhenItsBytesTrickle()
    {
        var (client, session) = await _host.OpenAsync();
        foreach (var b in Frame(Text, "{\"send-everything\":true}"u8)) await client.SendAsync((byte[])[b]);
        Assert.Equal("{\"send-everything\":true}", Utf8((await session.ToldAsync<ClientMessage>()).Content));
    }

    [Fact]
    public async Task Message_ShouldArrive_WhenItCameWithTheHandshake()
    {
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(RawClient.Handshake), .. Frame(Text, "early"u8)]);
        await client.ReadHeadAsync();
        var session = await _host.NextSessionAsync();
        Assert.Equal("early", Utf8((await session.ToldAsync<ClientMessage>()).Content));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    public async Task Ping_ShouldGetAPong_WithItsPayload(string payload)
    {
        var (client, _) = await _host.OpenAsync();
        await client.SendAsync(Frame(Ping, Encoding.UTF8.GetBytes(payload)));
        var pong = await client.ReadSomeFrameAsync();
        Assert.Equal(0x8A, pong.FirstByte);
        Assert.Equal(payload, pong.Text);
    }

    [Fact]
    public async Task PingOfTheServer_ShouldBeTheTwoBytesOfGarm()
    {
        var (client, session) = await _host.OpenAsync();
        session.Do(queue => queue.TryEnqueueControl(FrameWriter.Ping));
        Assert.Equal([0x89, 0x00], await client.ReadExactlyAsync(2));
    }

    [Theory]
    [InlineData(1000, "")]
    [InlineData(1001, "going")]
    [InlineData(4000, "custom")]
    public async Task CloseOfTheClient_ShouldBeEchoedWithoutReason_ThenTheStreamEnds(int code, string reason)
    {
        var (client, session) = await _host.OpenAsync();
        await client.SendAsync(CloseFrame((ushort)code, Encoding.UTF8.GetBytes(reason)));
        await client.ClosesAsync((ushort)code);
        await session.ToldAsync<ClientClosed>();
        await _host.HandlerEndsAsync();
    }

    [Fact]
    public async Task CompletedQueue_ShouldEndWithItsCloseFrame_ThenTheStreamEnds()
    {
        var (client, session) = await _host.OpenAsync();
        session.Do(queue =>
        {
            queue.TryEnqueue(FrameWriter.Text("last"u8));
            queue.Complete(FrameWriter.Close(new CloseFrame(1000)));
        });
        Assert.Equal("last", (await client.ReadSomeFrameAsync()).Text);
        await client.ClosesAsync(1000);
        await _host.HandlerEndsAsync();
        Assert.True(session.WasToldNothingMore);
    }

    [Fact]
    public async Task CompletedQueue_ShouldReachTheClient_WhenTheClientWentOnSending()
    {
        var (client, session) = await _host.OpenAsync();
        var frame = FrameWriter.Text(new byte[100_000]);
        session.Do(queue =>
        {
            for (var i = 0; i < 20; i++) queue.TryEnqueue(frame);
            queue.Complete(FrameWriter.Close(new CloseFrame(1000)));
        });
        for (var i = 0; i < 50; i++) await client.SendAsync(Frame(Text, new byte[10_000]));
        for (var i = 0; i < 20; i++) Assert.Equal(100_000, (await client.ReadSomeFrameAsync()).Payload.Length);
        await client.ClosesAsync(1000);
    }

    [Fact]
    public async Task CompletedQueueWithoutCloseFrame_ShouldJustEndTheStream()
    {
        var (client, session) = await _host.OpenAsync();
        session.Do(queue => queue.Complete(default));
        Assert.Null(await client.ReadFrameAsync());
        await _host.HandlerEndsAsync();
    }

    [Fact]
    public async Task AbortedQueue_ShouldEndTheConnection()
    {
        var (client, session) = await _host.OpenAsync();
        session.Do(queue => queue.Abort());
        await _host.HandlerEndsAsync();
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            if (await client.ReadFrameAsync() is null) throw new EndOfStreamException();
        });
    }

    [Fact]
    public async Task MessageOverTheLimit_ShouldBeClosedWith1009_WhileItIsStillBeingSent()
    {
        var (client, session) = await _host.OpenAsync();
        await client.SendAsync((byte[])[.. Head(Text, 1_048_577), .. new byte[300_000]]);
        Assert.Equal(SessionCloseReason.MessageTooBig, (await session.ToldAsync<ClientFailed>()).Reason);
        await client.ClosesAsync(1009);
        await _host.HandlerEndsAsync();
    }

    [Fact]
    public async Task MessageAtTheLimit_ShouldBeRead()
    {
        var (client, session) = await _host.OpenAsync();
        await client.SendAsync(Frame(Text, new byte[1_048_576]));
        Assert.Equal(1_048_576, (await session.ToldAsync<ClientMessage>()).Content.Length);
    }

    [Fact]
    public async Task UnmaskedFrame_ShouldBeClosedWith1002()
    {
        var (client, session) = await _host.OpenAsync();
        await client.SendAsync((byte[])[0x81, 0x01, (byte)'x']);
        await client.ClosesAsync(1002);
        Assert.Equal(SessionCloseReason.ProtocolError, (await session.ToldAsync<ClientFailed>()).Reason);
        await _host.HandlerEndsAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LostConnection_ShouldBeToldOnce_AndBothLoopsEnd(bool reset)
    {
        var (client, session) = await _host.OpenAsync();
        if (reset) client.Reset();
        else client.EndSending();
        Assert.Equal(SessionCloseReason.ConnectionLost, (await session.ToldAsync<ClientFailed>()).Reason);
        await _host.HandlerEndsAsync();
        Assert.True(session.WasToldNothingMore);
    }

    [Fact]
    public async Task Frames_ShouldKeepTheirOrder_HoweverTheyAreWrittenTogether()
    {
        const int Count = 5000;
        var (client, session) = await _host.OpenAsync();
        var random = new Random(1);
        var texts = Enumerable.Range(0, Count)
            .Select(i => $"{i} {new string('x', i % 97 == 0 ? random.Next(50_000, 200_000) : random.Next(0, 400))}").ToArray();

        // In spurts, so that some frames find the loop waiting and some find it writing.
        for (var i = 0; i < Count; i += 100)
        {
            var from = i;
            session.Do(queue =>
            {
                foreach (var text in texts.AsSpan(from, 100)) Assert.True(queue.TryEnqueue(FrameWriter.Text(Encoding.UTF8.GetBytes(text))));
            });
            if (i % 500 == 0)
            {
                for (var read = i - 500; read >= 0 && read < i; read++) Assert.Equal(texts[read], (await client.ReadSomeFrameAsync()).Text);
            }
        }

        for (var read = Count - 500; read < Count; read++) Assert.Equal(texts[read], (await client.ReadSomeFrameAsync()).Text);
    }

    [Fact]
    public async Task FramesQueuedTogether_ShouldArriveInOrder_BetweenOthers()
    {
        var (client, session) = await _host.OpenAsync();
        session.Do(queue =>
        {
            queue.TryEnqueue(FrameWriter.Text("1"u8));
            queue.TryEnqueue((byte[])[.. FrameWriter.Text("2"u8), .. FrameWriter.Text("3"u8)], 2);
            queue.TryEnqueueControl(FrameWriter.Ping);
            queue.TryEnqueue((byte[])[.. FrameWriter.Text("4"u8), .. FrameWriter.Text(new byte[70_000]), .. FrameWriter.Text("5"u8)], 3);
        });

        foreach (var text in new[] { "1", "2", "3" }) Assert.Equal(text, (await client.ReadSomeFrameAsync()).Text);
        await client.ReadSomeFrameAsync();
        Assert.Equal("4", (await client.ReadSomeFrameAsync()).Text);
        Assert.Equal(70_000, (await client.ReadSomeFrameAsync()).Payload.Length);
        Assert.Equal("5", (await client.ReadSomeFrameAsync()).Text);
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(3_000_000)]
    public async Task LargeFrame_ShouldArriveWhole_BetweenSmallOnes(int size)
    {
        var (client, session) = await _host.OpenAsync();
        session.Do(queue =>
        {
            queue.TryEnqueue(FrameWriter.Text("before"u8));
            queue.TryEnqueue(FrameWriter.Text(new byte[size]));
            queue.TryEnqueue(FrameWriter.Text("after"u8));
        });
        Assert.Equal("before", (await client.ReadSomeFrameAsync()).Text);
        Assert.Equal(size, (await client.ReadSomeFrameAsync()).Payload.Length);
        Assert.Equal("after", (await client.ReadSomeFrameAsync()).Text);
    }

    private static string Utf8(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
