using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Garm.Golden.Sockets;

/// <summary>
/// A small websocket client that returns every received frame: pings, pongs, the close frame and the end of the
/// stream. By itself it only answers pings: it does not answer a close frame, so the server has
/// to end the stream on its own, as the original does.
/// </summary>
public sealed class RawWebSocket : IAsyncDisposable
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(15);

    private readonly TcpClient _connection;
    private readonly Func<string, string?>? _check;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly Arrivals<SocketFrame> _arrivals = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _disposal = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private Marker? _marker;

    /// <summary>
    /// What is wrong with a text message of the event socket, or null. Such a message is returned as an unknown frame, so
    /// that the test fails. Set once, before any socket is opened.
    /// </summary>
    public static Func<string, string?>? CheckEvent { get; set; }

    internal RawWebSocket(TcpClient connection, Stream input, bool hasEvents)
    {
        _connection = connection;
        _check = hasEvents ? CheckEvent : null;
        _input = input;
        _output = connection.GetStream();
        _reading = ReadAsync();
    }

    /// <summary>Performs the handshake. The caller owns the socket of the result, if there is one.</summary>
    public static async Task<HandshakeResult> ConnectAsync(
        Uri server,
        string path,
        IReadOnlyDictionary<string, string> headers)
    {
        using var timeout = new CancellationTokenSource(HandshakeTimeout);
        var connection = new TcpClient { NoDelay = true };
        try
        {
            await connection.ConnectAsync(server.Host, server.Port, timeout.Token);
            // Only reads are buffered, so that the bytes after the handshake are available for the frames.
            var input = new BufferedStream(connection.GetStream());
            var answer = await Handshake.PerformAsync(
                connection.GetStream(), input, server, path, headers, timeout.Token);
            if (answer.Status == 101)
                return new HandshakeResult(answer.Status, answer.Headers, "", new RawWebSocket(connection, input, path.Contains("/ws/events", StringComparison.Ordinal)));

            connection.Dispose();
            return new HandshakeResult(answer.Status, answer.Headers, answer.Body, null);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public Task SendTextAsync(string text) =>
        SendAsync(FrameCodec.Encode(FrameCodec.Text, Encoding.UTF8.GetBytes(text)));

    public Task SendBinaryAsync(string text) =>
        SendAsync(FrameCodec.Encode(FrameCodec.Binary, Encoding.UTF8.GetBytes(text)));

    /// <summary>Sends one text message in several frames.</summary>
    public async Task SendFragmentsAsync(IReadOnlyList<string> fragments)
    {
        foreach (var (i, fragment) in fragments.Index())
        {
            var opcode = i == 0 ? FrameCodec.Text : FrameCodec.Continuation;
            await SendAsync(FrameCodec.Encode(opcode, Encoding.UTF8.GetBytes(fragment), i == fragments.Count - 1));
        }
    }

    public Task SendPingAsync(string data) =>
        SendAsync(FrameCodec.Encode(FrameCodec.Ping, Encoding.UTF8.GetBytes(data)));

    public Task SendCloseAsync(ushort code, string reason) => SendAsync(FrameCodec.EncodeClose(code, reason));

    /// <summary>
    /// Waits until the server has read everything that was sent before: it reads the messages of one socket in order,
    /// so its pong to this client's ping shows that. That pong is not returned. Also returns when the stream ends.
    /// </summary>
    public async Task SyncAsync(TimeSpan timeout)
    {
        var marker = new Marker($"sync {Guid.NewGuid()}");
        _marker = marker;
        await SendPingAsync(marker.Data);
        await Task.WhenAny(marker.Seen.Task, _ended.Task).WaitAsync(timeout);
    }

    /// <summary>
    /// Takes the received frames, after enough have arrived (or the timeout passed, or the stream
    /// ended) and it was then quiet for a while.
    /// </summary>
    public Task<IReadOnlyList<SocketFrame>> TakeAsync(
        Func<IReadOnlyList<SocketFrame>, bool> isEnough,
        TimeSpan timeout,
        TimeSpan quiet) => _arrivals.TakeAsync(isEnough, timeout, quiet);

    /// <summary>Ends the connection without a close frame.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposal.CancelAsync();

        // The reader first: a buffered stream does not report that its connection was closed.
        await _reading;
        _connection.Dispose();
        _disposal.Dispose();
        _writing.Dispose();
    }

    private async Task SendAsync(byte[] frame)
    {
        await _writing.WaitAsync();
        try
        {
            await _output.WriteAsync(frame, _disposal.Token);
        }
        catch (IOException)
        {
            // The server has disconnected; the reader reports the end of the stream, which scenarios check.
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var message = new MemoryStream();
            var messageOpcode = FrameCodec.Text;
            while (true)
            {
                var frame = await FrameCodec.ReadAsync(_input, _disposal.Token);
                if (frame.Opcode >= FrameCodec.Close)
                {
                    await OnControlFrameAsync(frame);
                    continue;
                }

                if (frame.Opcode != FrameCodec.Continuation) messageOpcode = frame.Opcode;
                message.Write(frame.Payload);
                if (!frame.IsFinal) continue;

                var kind = messageOpcode switch
                {
                    FrameCodec.Text => FrameKind.Text,
                    FrameCodec.Binary => FrameKind.Binary,
                    _ => FrameKind.Unknown,
                };
                var text = Encoding.UTF8.GetString(message.ToArray());
                var problem = kind == FrameKind.Text ? _check?.Invoke(text) : null;
                _arrivals.Add(problem is null ? new SocketFrame(kind, text) : new SocketFrame(FrameKind.Unknown, problem));
                message.SetLength(0);
            }
        }
        catch (InvalidDataException fault)
        {
            _arrivals.Add(new SocketFrame(FrameKind.Unknown, fault.Message));
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The stream has ended.
        }
        finally
        {
            _arrivals.Add(new SocketFrame(FrameKind.Eof));
            _arrivals.End();
            _ended.TrySetResult();
        }
    }

    private async Task OnControlFrameAsync(RawFrame frame)
    {
        var text = Encoding.UTF8.GetString(frame.Payload);
        switch (frame.Opcode)
        {
            case FrameCodec.Ping:
                await SendAsync(FrameCodec.Encode(FrameCodec.Pong, frame.Payload));
                _arrivals.Add(new SocketFrame(FrameKind.Ping, text));
                break;
            case FrameCodec.Pong when _marker is { } marker && marker.Data == text:
                marker.Seen.TrySetResult();
                break;
            case FrameCodec.Pong:
                _arrivals.Add(new SocketFrame(FrameKind.Pong, text));
                break;
            case FrameCodec.Close when frame.Payload.Length >= 2:
                var code = BinaryPrimitives.ReadUInt16BigEndian(frame.Payload);
                _arrivals.Add(new SocketFrame(FrameKind.Close, Encoding.UTF8.GetString(frame.Payload.AsSpan(2)), code));
                break;
            case FrameCodec.Close:
                _arrivals.Add(new SocketFrame(FrameKind.Close));
                break;
            default:
                _arrivals.Add(new SocketFrame(FrameKind.Unknown, text));
                break;
        }
    }

    private sealed record Marker(string Data)
    {
        public TaskCompletionSource Seen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>The result of a handshake: a socket (101), or a refusal and its body.</summary>
public sealed record HandshakeResult(
    int Status,
    IReadOnlyDictionary<string, string> Headers,
    string Body,
    RawWebSocket? Socket);
