using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Garm.Fuzz.Tests.Sockets;

/// <summary>How a connection ended.</summary>
/// <param name="Status">The status of the handshake; 101 for success.</param>
/// <param name="Code">The code of the server's close frame; 1005 when it had none; null without a close frame.</param>
/// <param name="Reason">The text of the close frame.</param>
internal sealed record SocketEnd(int Status, int? Code, string Reason);

/// <summary>A websocket of bytes: it sends the given bytes, and searches the received ones for the server's close frame.</summary>
internal static class FuzzedSocket
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>Opens a connection, sends the bytes, sends a close frame or disconnects, and reads to the end.</summary>
    /// <param name="server">The hub.</param>
    /// <param name="handshake">The whole request.</param>
    /// <param name="sent">The bytes, one item per write.</param>
    /// <param name="hangsUp">Whether the connection is closed then, instead of read to the end.</param>
    public static async Task<SocketEnd> RunAsync(Uri server, byte[] handshake, IReadOnlyList<byte[]> sent, bool hangsUp)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(server.Host, server.Port, limit.Token);
        var stream = new BufferedStream(client.GetStream());
        await client.GetStream().WriteAsync(handshake, limit.Token);
        var status = await ReadHeadAsync(stream, limit.Token);
        if (status != 101) return new SocketEnd(status, null, "");
        var writing = WriteAsync(client, sent, limit.Token);
        if (hangsUp)
        {
            await writing;
            client.Client.LingerState = new LingerOption(true, 0);
            return new SocketEnd(status, 1000, "");
        }

        var end = await ReadAsync(stream, limit.Token);
        await writing;
        return new SocketEnd(status, end.Code, end.Reason);
    }

    private static async Task WriteAsync(TcpClient client, IReadOnlyList<byte[]> sent, CancellationToken cancellation)
    {
        try
        {
            foreach (var bytes in sent) await client.GetStream().WriteAsync(bytes, cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The server has closed the connection, or does not read, which the reader reports.
        }
    }

    private static async Task<int> ReadHeadAsync(Stream stream, CancellationToken cancellation)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, cancellation) == 1)
        {
            head.Append((char)one[0]);
            if (head.Length > 4 && head.ToString(head.Length - 4, 4) == "\r\n\r\n") break;
        }

        return head.Length > 12 && int.TryParse(head.ToString(9, 3), out var status) ? status : 0;
    }

    private static async Task<(int? Code, string Reason)> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var head = await ExactlyAsync(stream, 2, cancellation);
                var length = head[1] switch
                {
                    126 => BinaryPrimitives.ReadUInt16BigEndian(await ExactlyAsync(stream, 2, cancellation)),
                    127 => (int)BinaryPrimitives.ReadUInt64BigEndian(await ExactlyAsync(stream, 8, cancellation)),
                    var small => small,
                };
                var payload = await ExactlyAsync(stream, length, cancellation);
                if ((head[0] & 0x0f) != 8) continue;
                return payload.Length < 2 ? (1005, "") : (BinaryPrimitives.ReadUInt16BigEndian(payload), Encoding.UTF8.GetString(payload.AsSpan(2)));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            return (null, e is OperationCanceledException ? $"nothing came for {Patience.TotalSeconds} s" : e.Message);
        }
    }

    private static async Task<byte[]> ExactlyAsync(Stream stream, int count, CancellationToken cancellation)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }
}
