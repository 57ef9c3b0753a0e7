using System.Net;
using System.Net.Sockets;
using System.Text;
using Garm.Golden.Sockets;

namespace Garm.Golden.Tests;

public sealed class RawWebSocketSpecs
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task EveryFrameOfTheServer_ShouldBeHandedOut()
    {
        await using var server = new RawServer();
        await using var socket = await server.ConnectAsync();
        await server.SendAsync([0x81, 2, (byte)'h', (byte)'i']);
        await server.SendAsync([0x01, 1, (byte)'a', 0x89, 1, (byte)'p', 0x80, 1, (byte)'b']);
        await server.SendAsync([0x81, 126, 0, 200, .. Enumerable.Repeat((byte)'x', 200)]);
        await server.SendAsync([0x82, 0, 0x8a, 0]);
        await server.SendAsync([0x88, 5, 0x03, 0xf1, (byte)'b', (byte)'y', (byte)'e']);
        server.Close();

        var frames = await socket.TakeAsync(_ => false, Timeout, TimeSpan.Zero);

        Assert.Equal(
            [
                new SocketFrame(FrameKind.Text, "hi"),
                new SocketFrame(FrameKind.Ping, "p"),
                new SocketFrame(FrameKind.Text, "ab"),
                new SocketFrame(FrameKind.Text, new string('x', 200)),
                new SocketFrame(FrameKind.Binary),
                new SocketFrame(FrameKind.Pong),
                new SocketFrame(FrameKind.Close, "bye", 1009),
                new SocketFrame(FrameKind.Eof),
            ],
            frames);
    }

    [Fact]
    public async Task CloseFrameWithoutCode_ShouldHaveNone()
    {
        await using var server = new RawServer();
        await using var socket = await server.ConnectAsync();
        await server.SendAsync([0x88, 0]);

        Assert.Equal(new SocketFrame(FrameKind.Close), Assert.Single(await TakeAsync(socket, 1)));
    }

    [Theory]
    [InlineData(new byte[] { 0x81, 0x81, 0, 0, 0, 0, 65 })]
    [InlineData(new byte[] { 0xc1, 1, 65 })]
    public async Task FrameThatNoServerMaySend_ShouldBeHandedOutAsSuch(byte[] frame)
    {
        await using var server = new RawServer();
        await using var socket = await server.ConnectAsync();
        await server.SendAsync(frame);

        Assert.Equal([FrameKind.Unknown, FrameKind.Eof], (await TakeAsync(socket, 2)).Select(x => x.Kind));
    }

    [Fact]
    public async Task FramesOfTheClient_ShouldBeMaskedAndInOrder()
    {
        await using var server = new RawServer();
        await using var socket = await server.ConnectAsync();

        await socket.SendTextAsync("text");
        await socket.SendBinaryAsync("binary");
        await socket.SendFragmentsAsync(["one", "two", "three"]);
        await socket.SendPingAsync("ping");
        await socket.SendTextAsync(new string('x', 70_000));
        await socket.SendCloseAsync(4000, "why");

        Assert.Equal((0x81, "text"), await server.ReadFrameAsync());
        Assert.Equal((0x82, "binary"), await server.ReadFrameAsync());
        Assert.Equal((0x01, "one"), await server.ReadFrameAsync());
        Assert.Equal((0x00, "two"), await server.ReadFrameAsync());
        Assert.Equal((0x80, "three"), await server.ReadFrameAsync());
        Assert.Equal((0x89, "ping"), await server.ReadFrameAsync());
        Assert.Equal((0x81, new string('x', 70_000)), await server.ReadFrameAsync());
        Assert.Equal((0x88, "\u000f\u00a0why"), await server.ReadFrameAsync());
    }

    [Fact]
    public async Task Sync_ShouldWaitForItsOwnPongOnly()
    {
        await using var server = new RawServer();
        await using var socket = await server.ConnectAsync();

        var sync = socket.SyncAsync(Timeout);
        var (opcode, data) = await server.ReadFrameAsync();
        await server.SendAsync([0x8a, 1, (byte)'x', 0x81, 1, (byte)'y']);
        var others = await TakeAsync(socket, 2);
        Assert.False(sync.IsCompleted);
        await server.SendAsync([0x8a, (byte)data.Length, .. Encoding.ASCII.GetBytes(data)]);
        await sync;

        Assert.Equal(0x89, opcode);
        Assert.Equal([FrameKind.Pong, FrameKind.Text], others.Select(frame => frame.Kind));
        Assert.Empty(await socket.TakeAsync(_ => true, Timeout, TimeSpan.Zero));
    }

    [Fact]
    public async Task Sync_ShouldEndWithTheStream()
    {
        await using var server = new RawServer();
        await using var socket = await server.ConnectAsync();

        var sync = socket.SyncAsync(Timeout);
        server.Close();

        await sync;
    }

    [Fact]
    public async Task Disposal_ShouldLeaveTheConnectionOpen_UntilTheReaderHasEnded()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var connection = new TcpClient();
        await connection.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        var input = new LateStream();
        var socket = new RawWebSocket(connection, input, hasEvents: false);

        var disposal = socket.DisposeAsync().AsTask();
        await input.Cancelled.WaitAsync(Timeout);
        Assert.True(connection.Connected);
        Assert.False(disposal.IsCompleted);
        input.End();
        await disposal.WaitAsync(Timeout);

        Assert.False(connection.Connected);
    }

    [Theory]
    [InlineData("Content-Length: 4\r\n\r\nnope")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nnop\r\n1\r\ne\r\n0\r\n\r\n")]
    public async Task RefusedHandshake_ShouldBeReadLikeAnyAnswer(string rest)
    {
        await using var server = new RawServer();

        var result = await server.HandshakeAsync(_ => $"HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\n{rest}");

        Assert.Null(result.Socket);
        Assert.Equal(403, result.Status);
        Assert.Equal("text/plain", result.Headers["content-type"]);
        Assert.Equal("nope", result.Body);
    }

    [Fact]
    public async Task HandshakeWithAnotherAccept_ShouldFail()
    {
        await using var server = new RawServer();

        await Assert.ThrowsAsync<InvalidDataException>(
            () => server.HandshakeAsync(_ => RawServer.Switching("rubbish")));
    }

    private static Task<IReadOnlyList<SocketFrame>> TakeAsync(RawWebSocket socket, int count) =>
        socket.TakeAsync(frames => frames.Count >= count, Timeout, TimeSpan.Zero);

    /// <summary>A stream whose cancelled read continues until it is released.</summary>
    private sealed class LateStream : MemoryStream
    {
        private readonly TaskCompletionSource _cancelled = new();
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Cancelled => _cancelled.Task;

        public void End() => _ended.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await using var registration = cancellationToken.Register(_cancelled.SetResult);
            await _ended.Task;
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
