using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Garm.Bench.Load;

namespace Garm.Bench.Nodes;

/// <summary>One event socket on a thread of its own, which notes when each token came.</summary>
internal sealed class Listener : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[1024 * 1024];
    private readonly double[] _latencies;
    private int _length;
    private int _seen;

    private Listener(Socket socket, byte[] rest, int events)
    {
        _socket = socket;
        _latencies = new double[events];
        Array.Fill(_latencies, double.NaN);
        rest.CopyTo(_buffer, 0);
        _length = rest.Length;
    }

    /// <summary>How many events came.</summary>
    public int Seen => Volatile.Read(ref _seen);

    /// <summary>Subscribes and listens.</summary>
    public static Listener Start(Uri node, string token, string name, int events)
    {
        var socket = WebSocketBytes.Connect(node.Port, 0);
        var rest = WebSocketBytes.Handshake(socket, node.Port, "/api/v1/ws/events", [$"Authorization: Bearer {token}"]);
        socket.Send(WebSocketBytes.Frame(WebSocketBytes.Text, """{"filters":[{"entity-type":"github_endpoint"}]}"""u8));
        var listener = new Listener(socket, rest, events);
        new Thread(listener.Listen) { IsBackground = true, Name = name }.Start();
        return listener;
    }

    /// <summary>Milliseconds from before the write was sent, of the events from this one on, in ascending order; lost ones are left out.</summary>
    public IReadOnlyList<double> LatenciesFrom(int first) => [.. _latencies.Skip(first).Where(x => !double.IsNaN(x)).Order()];

    /// <summary>Milliseconds of one event; not a number when it did not come.</summary>
    public double this[int number] => _latencies[number];

    public void Dispose() => _socket.Dispose();

    private void Listen()
    {
        try
        {
            while (true)
            {
                var read = _socket.Receive(_buffer, _length, _buffer.Length - _length, SocketFlags.None);
                if (read == 0) return;
                var now = Stopwatch.GetTimestamp();
                _length += read;
                Take(now);
            }
        }
        catch (SocketException)
        {
            // The run is over.
        }
        catch (ObjectDisposedException)
        {
        }
    }

    private void Take(long now)
    {
        ReadOnlySpan<byte> input = _buffer.AsSpan(0, _length);
        while (WebSocketBytes.TryTake(ref input, out var opcode, out var payload))
        {
            if (opcode == WebSocketBytes.Ping) _socket.Send(WebSocketBytes.Frame(WebSocketBytes.Pong, payload));
            if (opcode != WebSocketBytes.Text) continue;
            while (Token.TryTake(ref payload, out var token))
            {
                if (token.Sequence >= _latencies.Length || !double.IsNaN(_latencies[token.Sequence])) continue;
                _latencies[token.Sequence] = Stopwatch.GetElapsedTime(token.Ticks, now).TotalMilliseconds;
                Volatile.Write(ref _seen, _seen + 1);
            }
        }

        input.CopyTo(_buffer);
        _length = input.Length;
    }
}
