using System.Text.Json;
using Garm.Golden.Scenarios;
using Garm.Golden.Sockets;

namespace Garm.Golden.Running;

/// <summary>Takes events from a socket.</summary>
internal static class EventTap
{
    /// <summary>The silence after which no more events are expected: on loopback they take a few milliseconds.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    /// <summary>How long expected events may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>Opens the socket that receives all events.</summary>
    public static async Task<RawWebSocket> OpenAsync(Uri server, string token)
    {
        var headers = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" };
        var result = await RawWebSocket.ConnectAsync(server, "/api/v1/ws/events", headers);
        if (result.Socket is not { } socket)
            throw new ScenarioException($"cannot open the event socket: {result.Status} {result.Body}");

        await socket.SendTextAsync("""{"send-everything":true}""");
        await socket.SyncAsync(Timeout);
        return socket;
    }

    /// <summary>Takes the events: waits for this number and then for silence.</summary>
    public static async Task<IReadOnlyList<JsonElement>> TakeAsync(RawWebSocket socket, int count, TimeSpan quiet)
    {
        var frames = await socket.TakeAsync(
            arrived => arrived.Count(frame => frame.Kind == FrameKind.Text) >= count, Timeout, quiet);
        // A closed tap receives nothing more; without an error that would look like silence.
        return [.. frames
            .Where(frame => frame.Kind is FrameKind.Text or FrameKind.Close or FrameKind.Eof)
            .Select(frame => frame.Kind == FrameKind.Text
                ? Json.ParseOrText(frame.Text)
                : Json.FromText($"the event socket ended: {frame}"))];
    }
}
