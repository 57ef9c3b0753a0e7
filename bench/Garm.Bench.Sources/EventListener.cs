using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using Garm.Bench.Load;

namespace Garm.Bench.Sources;

/// <summary>An event socket that notes how long each token was on its way.</summary>
internal sealed class EventListener : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly List<double> _latencies = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private EventListener()
    {
    }

    /// <summary>How many tokens came.</summary>
    public int Count
    {
        get
        {
            lock (_latencies) return _latencies.Count;
        }
    }

    /// <summary>Milliseconds of each, ascending.</summary>
    public IReadOnlyList<double> Latencies
    {
        get
        {
            lock (_latencies) return [.. _latencies.Order()];
        }
    }

    /// <summary>Subscribes to the runners of a hub, which then says that nothing is missed any more.</summary>
    public static async Task<EventListener> OfHubAsync(SourceHub hub)
    {
        var listener = await StartAsync(hub.Address, hub.Jwt, """{"filters":[{"entity-type":"instance"}],"cursor":"now","heartbeat-seconds":0}""");
        await listener._first.Task;
        return listener;
    }

    /// <summary>Subscribes to everything of a source, which says nothing then.</summary>
    public static Task<EventListener> OfSourceAsync(SourceServer source) => StartAsync(source.Address, "none", """{"send-everything":true}""");

    public void Dispose() => _socket.Dispose();

    private static async Task<EventListener> StartAsync(Uri server, string jwt, string message)
    {
        var listener = new EventListener();
        listener._socket.Options.SetRequestHeader("Authorization", $"Bearer {jwt}");
        await listener._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/api/v1/ws/events" }.Uri, CancellationToken.None);
        await listener._socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
        _ = Task.Run(listener.ListenAsync);
        return listener;
    }

    private async Task ListenAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (var length = 0; ;)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += part.Count;
                if (!part.EndOfMessage) continue;
                _first.TrySetResult();
                Take(buffer.AsSpan(0, length), Stopwatch.GetTimestamp());
                length = 0;
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The run is over.
        }
    }

    private void Take(ReadOnlySpan<byte> text, long now)
    {
        lock (_latencies)
        {
            while (Token.TryTake(ref text, out var token)) _latencies.Add(Stopwatch.GetElapsedTime(token.Ticks, now).TotalMilliseconds);
        }
    }
}
