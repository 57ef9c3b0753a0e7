using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Garm.Data.Tests.SqlServer;

/// <summary>A kind of message of a client of SQL Server.</summary>
internal enum TdsKind : byte
{
    Batch = 0x01,
    Call = 0x03,
    Attention = 0x06,
    Transaction = 0x0e,
    Login = 0x10,
    Prelogin = 0x12,
}

/// <summary>One message of a client.</summary>
internal sealed record TdsRequest(TdsKind Kind, byte[] Content)
{
    /// <summary>Whether it contains this text.</summary>
    public bool Mentions(string text) => Content.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;
}

/// <summary>
/// Listens on loopback and answers SQL Server's client as a test chooses: it knows packets, but no SQL. With it the handling of
/// a server's answers is tested without a server.
/// </summary>
/// <param name="answer">The answer to each message except the first; null for none.</param>
internal sealed class TdsResponder : IAsyncDisposable
{
    private const int HeaderLength = 8;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<TdsRequest, byte[]?> _answer;
    private readonly Task _accepting;

    public TdsResponder(Func<TdsRequest, byte[]?> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>All messages of all connections, except the first and the last ones.</summary>
    public ConcurrentQueue<TdsRequest> Requests { get; } = new();

    /// <summary>The connection string to it.</summary>
    public string ConnectionString =>
        $"Server=tcp:127.0.0.1,{((IPEndPoint)_listener.LocalEndpoint).Port};Database=hub;User Id=someone;Password=x;Encrypt=false";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true) serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var disposal = client;
        var stream = client.GetStream();
        try
        {
            while (await ReadAsync(stream) is { } request)
            {
                if (request.Kind != TdsKind.Prelogin) Requests.Enqueue(request);
                var answer = request.Kind == TdsKind.Prelogin ? TdsTokens.Prelogin : _answer(request);
                if (answer is not null) await WriteAsync(stream, answer);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
        }
    }

    private async Task<TdsRequest?> ReadAsync(NetworkStream stream)
    {
        var content = new List<byte>();
        var header = new byte[HeaderLength];
        do
        {
            if (await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, _stopping.Token) < HeaderLength) return null;
            var part = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - HeaderLength];
            await stream.ReadExactlyAsync(part, _stopping.Token);
            content.AddRange(part);
        }
        while ((header[1] & 1) == 0);

        return new TdsRequest((TdsKind)header[0], [.. content]);
    }

    private async Task WriteAsync(NetworkStream stream, byte[] content)
    {
        var packet = new byte[HeaderLength + content.Length];
        (packet[0], packet[1], packet[6]) = (0x04, 1, 1);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        content.CopyTo(packet, HeaderLength);
        await stream.WriteAsync(packet, _stopping.Token);
    }
}
