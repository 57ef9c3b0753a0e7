using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Garm.Bench.Load;

/// <summary>
/// One websocket that listens. It reads into the buffer that all share, so that ten thousand of them weigh little; what is left
/// of a cut frame is kept until the rest comes.
/// </summary>
internal sealed class Subscriber : IDisposable
{
    private readonly LoadOptions _options;
    private readonly Reading _reading;
    private readonly SubscriberRecord _record;
    private readonly bool _stalled;
    private readonly byte[] _waitFor;
    private byte[] _rest;
    private bool _ready;

    public Subscriber(Socket socket, byte[] rest, LoadOptions options, Reading reading, bool stalled)
    {
        (Socket, _rest, _options, _reading, _stalled) = (socket, rest, options, reading, stalled);
        _record = new SubscriberRecord(options);
        _waitFor = Encoding.UTF8.GetBytes(options.WaitFor);
        Socket.Blocking = false;
    }

    /// <summary>To be waited for.</summary>
    public Socket Socket { get; }

    public void Dispose() => Socket.Dispose();

    /// <summary>Takes what has come; false once the connection has ended.</summary>
    public bool ReadAvailable()
    {
        var buffer = _reading.Buffer;
        while (true)
        {
            if (_rest.Length > buffer.Length / 2) throw new InvalidOperationException("a frame is larger than the buffer");
            _rest.CopyTo(buffer, 0);
            var read = Socket.Receive(buffer.AsSpan(_rest.Length), SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock) return true;
            if (error != SocketError.Success || read == 0) return false;
            _reading.Ledger.Bytes += read;
            var full = _rest.Length + read == buffer.Length;
            Take(buffer.AsSpan(0, _rest.Length + read));
            if (!full) return true;
        }
    }

    private void Take(ReadOnlySpan<byte> input)
    {
        var now = Stopwatch.GetTimestamp();
        while (WebSocketBytes.TryTake(ref input, out var opcode, out var payload))
        {
            _reading.Ledger.Frames++;
            if (opcode == WebSocketBytes.Ping) Send(WebSocketBytes.Frame(WebSocketBytes.Pong, payload));
            else if (opcode is WebSocketBytes.Text or WebSocketBytes.Binary) TakePayload(payload, now);
        }

        _rest = input.IsEmpty ? [] : input.ToArray();
    }

    private void TakePayload(ReadOnlySpan<byte> payload, long now)
    {
        if (!_ready && _waitFor.Length > 0 && payload.IndexOf(_waitFor) >= 0)
        {
            _ready = true;
            _reading.Ledger.Ready++;
            _reading.Ledger.LastReady = now;
        }

        if (_options.NatsSubscribers && payload.StartsWith("PING"u8))
            Send(WebSocketBytes.Frame(WebSocketBytes.Binary, "PONG\r\n"u8));
        while (Token.TryTake(ref payload, out var token)) _reading.Ledger.Arrived(token, _record, _stalled, now);
    }

    // Small and rare: the socket's buffer takes it.
    private void Send(byte[] frame) => Socket.Send(frame, SocketFlags.None, out _);
}

/// <summary>What all subscribers share; the gate is held by one thread, the one that reads, nearly always.</summary>
internal sealed record Reading(Ledger Ledger)
{
    public Lock Gate { get; } = new();

    /// <summary>Nothing that comes from now on counts.</summary>
    public bool IsOver { get; set; }

    public byte[] Buffer { get; } = new byte[4 * 1024 * 1024];
}
