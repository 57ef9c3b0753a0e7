using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Garm.Bench.Load;

/// <summary>The bytes of a websocket client: handshake, masked frames, headers of the server's frames.</summary>
internal static class WebSocketBytes
{
    public const int Text = 0x1;
    public const int Binary = 0x2;
    public const int Close = 0x8;
    public const int Ping = 0x9;
    public const int Pong = 0xA;

    /// <summary>An open connection on loopback.</summary>
    /// <param name="port">The server's.</param>
    /// <param name="number">One address has ports for some 20,000 connections, so they are spread.</param>
    public static Socket Connect(int port, int number)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (number >= 20_000) socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + (number / 20_000))]), 0));
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    /// <summary>Upgrades; returns what has come behind the server's answer.</summary>
    /// <exception cref="InvalidOperationException">The server refused.</exception>
    public static byte[] Handshake(Socket socket, int port, string path, IReadOnlyList<string> headers)
    {
        var request = new StringBuilder()
            .Append($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
            .Append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n");
        foreach (var header in headers) request.Append(header).Append("\r\n");
        socket.Send(Encoding.ASCII.GetBytes(request.Append("\r\n").ToString()));

        var buffer = new byte[16 * 1024];
        for (var length = 0; ;)
        {
            var read = socket.Receive(buffer, length, buffer.Length - length, SocketFlags.None);
            if (read == 0) throw new InvalidOperationException("the server closed the connection during the handshake");
            length += read;
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end < 0) continue;
            if (!buffer.AsSpan().StartsWith("HTTP/1.1 101"u8))
                throw new InvalidOperationException($"the server refused: {Encoding.ASCII.GetString(buffer, 0, Math.Min(length, 300))}");
            return buffer[(end + 4)..length];
        }
    }

    /// <summary>A client's frame. The mask is nobody's secret here.</summary>
    public static byte[] Frame(int opcode, ReadOnlySpan<byte> payload)
    {
        var header = payload.Length < 126 ? 2 : payload.Length <= ushort.MaxValue ? 4 : 10;
        var frame = new byte[header + 4 + payload.Length];
        frame[0] = (byte)(0x80 | opcode);
        frame[1] = (byte)(0x80 | (header == 2 ? payload.Length : header == 4 ? 126 : 127));
        if (header == 4) BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        if (header == 10) BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)payload.Length);
        ReadOnlySpan<byte> mask = [1, 2, 3, 4];
        mask.CopyTo(frame.AsSpan(header));
        for (var i = 0; i < payload.Length; i++) frame[header + 4 + i] = (byte)(payload[i] ^ mask[i & 3]);
        return frame;
    }

    /// <summary>Takes a whole frame of the server from the front; false when it is not all there.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> input, out int opcode, out ReadOnlySpan<byte> payload)
    {
        opcode = 0;
        payload = default;
        if (input.Length < 2) return false;
        var header = (input[1] & 127) switch { 126 => 4, 127 => 10, _ => 2 };
        if (input.Length < header) return false;
        var length = header switch
        {
            2 => input[1] & 127,
            4 => BinaryPrimitives.ReadUInt16BigEndian(input[2..]),
            _ => checked((int)BinaryPrimitives.ReadUInt64BigEndian(input[2..])),
        };
        if (input.Length < header + length) return false;
        opcode = input[0] & 15;
        payload = input.Slice(header, length);
        input = input[(header + length)..];
        return true;
    }
}
