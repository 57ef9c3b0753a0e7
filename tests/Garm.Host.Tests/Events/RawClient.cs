using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Garm.Host.Tests.Events;

/// <summary>A frame as the server sent it.</summary>
internal sealed record ServerFrame(byte FirstByte, byte[] Payload)
{
    public int Opcode => FirstByte & 0x0F;

    public string Text => Encoding.UTF8.GetString(Payload);

    public ushort CloseCode => BinaryPrimitives.ReadUInt16BigEndian(Payload);
}

/// <summary>A websocket client without automatic behaviour: no pongs, no close frames, no reading ahead.</summary>
internal sealed class RawClient : IDisposable
{
    public const string Handshake =
        $"GET {SocketHost.Path} HTTP/1.1\r\nHost: garm.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private readonly Socket _socket;
    private readonly Stream _stream;

    private RawClient(Socket socket)
    {
        _socket = socket;
        _stream = new BufferedStream(new NetworkStream(socket), 64 * 1024);
    }

    public static async Task<RawClient> ConnectAsync(IPEndPoint address, int? receiveBuffer = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } size) socket.ReceiveBufferSize = size;
        await socket.ConnectAsync(address);
        return new RawClient(socket);
    }

    public static async Task<RawClient> OpenAsync(IPEndPoint address, int? receiveBuffer = null)
    {
        var client = await ConnectAsync(address, receiveBuffer);
        await client.SendAsync(Encoding.ASCII.GetBytes(Handshake));
        Assert.StartsWith("HTTP/1.1 101 ", await client.ReadHeadAsync());
        return client;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        for (; !bytes.IsEmpty; bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None).AsTask().OrFail("bytes are sent")..])
        {
        }
    }

    /// <summary>An HTTP answer's first line and headers, without the empty line.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)(await ReadExactlyAsync(1))[0]);
        return head.ToString()[..^4];
    }

    /// <summary>The next frame; null at the end of the stream.</summary>
    public async Task<ServerFrame?> ReadFrameAsync()
    {
        var first = new byte[1];
        if (await _stream.ReadAsync(first).AsTask().OrFail("a frame or the end of the stream comes") == 0) return null;
        long length = (await ReadExactlyAsync(1))[0]; // The server's frames are not masked.
        if (length == 126) length = BinaryPrimitives.ReadUInt16BigEndian(await ReadExactlyAsync(2));
        else if (length == 127) length = BinaryPrimitives.ReadInt64BigEndian(await ReadExactlyAsync(8));
        return new ServerFrame(first[0], await ReadExactlyAsync((int)length));
    }

    public async Task<ServerFrame> ReadSomeFrameAsync() => Assert.IsType<ServerFrame>(await ReadFrameAsync());

    /// <summary>Expects a close frame with this code and no reason, and then the end of the stream, as from GARM.</summary>
    public async Task ClosesAsync(ushort code)
    {
        var frame = await ReadSomeFrameAsync();
        Assert.Equal(0x88, frame.FirstByte);
        Assert.Equal(code, frame.CloseCode);
        Assert.Equal(2, frame.Payload.Length);
        Assert.Null(await ReadFrameAsync());
    }

    public async Task<byte[]> ReadExactlyAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes).AsTask().OrFail($"{count} bytes come");
        return bytes;
    }

    /// <summary>Closes the client's sending side; it still reads.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose() => _stream.Dispose();
}
