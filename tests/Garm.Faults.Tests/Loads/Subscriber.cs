using Garm.Golden.Sockets;

namespace Garm.Faults.Tests.Loads;

/// <summary>
/// Reads in cursor mode until it is stopped: when a connection ends, or is silent for longer than the heartbeat, it resumes at
/// the next node from its last cursor.
/// </summary>
internal sealed class Subscriber(SubscriberRecord record, INodes nodes, int startsAt, LoadRecord load)
{
    /// <summary>The value that the narrow filter matches.</summary>
    public const string Mark = "http://marked.example.com";

    private static readonly TimeSpan HandshakePatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TaskCompletionSource _live = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _node = startsAt;
    private string _cursor = "now";

    /// <summary>How long it accepts silence; three heartbeats unless it is to stay.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The node at which it begins.</summary>
    public string Cursor
    {
        get => _cursor;
        init => _cursor = value;
    }

    /// <summary>Completes when it has caught up for the first time.</summary>
    public Task Live => _live.Task;

    /// <summary>Reads until it is stopped, or its cursor is refused.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await using (var socket = await OpenAsync())
            {
                if (socket is not null)
                {
                    await socket.SendTextAsync(Options());
                    if (!await ListenAsync(socket, stop)) return;
                    record.Break();
                }
            }

            _node++;
            await Task.Delay(Pause, CancellationToken.None); // Not faster than a well-behaved client.
        }
    }

    private string Options()
    {
        var match = record.IsNarrow ? $$""","match":{"http_proxy":"{{Mark}}"}""" : "";
        return $$"""{"filters":[{"entity-type":"proxy","operations":["create"]{{match}}}],"cursor":"{{_cursor}}","heartbeat-seconds":1}""";
    }

    private async Task<RawWebSocket?> OpenAsync()
    {
        if (nodes.AddressOf(_node) is not { } address) return null;
        var opening = RawWebSocket.ConnectAsync(
            address, "/api/v1/ws/events", new Dictionary<string, string> { ["Authorization"] = $"Bearer {nodes.Token}" });
        try
        {
            return (await opening.WaitAsync(HandshakePatience)).Socket;
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or TimeoutException or OperationCanceledException)
        {
            _ = CloseLateAsync(opening);
            return null;
        }
    }

    // A paused node may answer when no one waits any more.
    private static async Task CloseLateAsync(Task<HandshakeResult> opening)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully && opening.Result.Socket is { } late) await late.DisposeAsync();
    }

    // False when a reconnect would not help.
    private async Task<bool> ListenAsync(RawWebSocket socket, CancellationToken stop)
    {
        while (true)
        {
            var taking = socket.TakeAsync(x => x.Count > 0, Patience, TimeSpan.Zero);
            await ((Task)taking).WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) return false;
            var frames = await taking;
            if (frames.Count == 0) return true; // Silent for longer than its heartbeat.
            foreach (var frame in frames)
            {
                switch (frame.Kind)
                {
                    case FrameKind.Text:
                        if (!Read(CursorFrame.Read(frame.Text))) return false;
                        break;
                    case FrameKind.Close:
                        record.Close(frame.Code);
                        break;
                    case FrameKind.Eof:
                        return true;
                    case FrameKind.Unknown or FrameKind.Binary:
                        load.Surprise($"{record.Name} got {frame}");
                        break;
                }
            }
        }
    }

    private bool Read(CursorFrame frame)
    {
        switch (frame.Control)
        {
            case null:
                record.See(frame.Name!, frame.Place);
                break;
            case "error":
                record.Refuse(frame.Code!);
                return false;
            case "going-away":
                record.GoAway();
                break;
            case "caught-up":
                record.Node = _node % nodes.Count;
                _live.TrySetResult();
                break;
        }

        _cursor = frame.Cursor ?? _cursor;
        return true;
    }
}
