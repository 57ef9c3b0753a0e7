using Garm.Golden.Comparing;
using Garm.Golden.Scenarios;
using Garm.Golden.Sockets;

namespace Garm.Golden.Running;

/// <summary>The named extra sockets of a scenario and the steps that use them.</summary>
internal sealed class SocketSteps(Uri server, Variables variables, Comparer comparer) : IAsyncDisposable
{
    private readonly Dictionary<string, RawWebSocket> _sockets = [];

    /// <param name="next">The next step, which decides whether the effect of a message has to be awaited.</param>
    public async Task<IEnumerable<string>> PlayAsync(Step step, Step? next)
    {
        var spec = step.Ws!;
        if (spec.Op == "connect") return await ConnectAsync(step, spec);

        var socket = Find(spec.Socket);
        switch (spec.Op)
        {
            case "send":
                await SendAsync(socket, spec);
                await SettleAsync(socket, spec, next);
                break;
            case "send_big":
                await socket.SendTextAsync(new string('x', spec.Bytes));
                await SettleAsync(socket, spec, next);
                break;
            case "ping":
                await socket.SendPingAsync(variables.Fill(spec.Data));
                break;
            case "close":
                await socket.SendCloseAsync(spec.Code, variables.Fill(spec.Reason));
                break;
            case "destroy":
                await socket.DisposeAsync();
                _sockets.Remove(spec.Socket);
                break;
            case "expect":
                return await ExpectAsync(socket, spec, step.Frames ?? []);
            default:
                throw new ScenarioException($"unknown socket operation {spec.Op}");
        }

        return [];
    }

    /// <summary>Compares what the watched sockets received during a step.</summary>
    public async Task<IEnumerable<string>> CompareEventsAsync(Step step)
    {
        var events = new EventComparer(comparer);
        var found = new List<string>();
        // All at once, so that their silences overlap.
        var taking = step.SocketEvents.Select(watched =>
            EventTap.TakeAsync(Find(watched.Key), watched.Value.Count, EventTap.Quiet));
        foreach (var ((name, expected), actual) in step.SocketEvents.Zip(await Task.WhenAll(taking)))
            found.AddRange(events.Differences(expected, actual, $"socket {name}"));

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets.Values) await socket.DisposeAsync();
    }

    private async Task<IEnumerable<string>> ConnectAsync(Step step, SocketSpec spec)
    {
        var result = await RawWebSocket.ConnectAsync(
            server, variables.Fill(spec.Path), variables.Fill(spec.Headers));
        if (result.Socket is { } socket)
        {
            if (_sockets.Remove(spec.Socket, out var replaced)) await replaced.DisposeAsync();
            _sockets[spec.Socket] = socket;
        }

        var contentType = result.Headers.GetValueOrDefault("content-type");
        var answer = new Answer(result.Status, contentType, Json.FromBody(result.Body, contentType));
        return step.Response is { } expected ? ResponseComparer.Differences(comparer, expected, answer, "") : [];
    }

    private async Task SendAsync(RawWebSocket socket, SocketSpec spec)
    {
        if (spec.Binary is { } binary) await socket.SendBinaryAsync(variables.Fill(binary));
        else if (spec.Fragments is { } parts) await socket.SendFragmentsAsync([.. parts.Select(variables.Fill)]);
        else if (spec.Text is { } text) await socket.SendTextAsync(variables.Fill(text));
        else await socket.SendTextAsync(Json.ToText(variables.Fill(spec.Json)));
    }

    // A filter is not acknowledged, and must be in effect for the next step. Only an expect waits by itself, and may
    // have to see only the frames that the message caused.
    private static Task SettleAsync(RawWebSocket socket, SocketSpec spec, Step? next) =>
        next?.Ws is { Op: "expect" } expect && expect.Socket == spec.Socket
            ? Task.CompletedTask
            : socket.SyncAsync(EventTap.Timeout);

    private async Task<IEnumerable<string>> ExpectAsync(
        RawWebSocket socket,
        SocketSpec spec,
        IReadOnlyList<ExpectedFrame> expected)
    {
        var wanted = expected.Count(frame => !frame.Optional);
        var endsTheStream = expected.Any(frame => frame.Type == "eof");
        var actual = await socket.TakeAsync(
            // An optional frame that arrived must not be mistaken for the end of the stream.
            frames => frames.Count(frame => frame.Kind != FrameKind.Ping) >= wanted
                && (!endsTheStream || frames.Any(frame => frame.Kind == FrameKind.Eof)),
            TimeSpan.FromMilliseconds(spec.TimeoutMs),
            EventTap.Quiet);
        return FrameComparer.Differences(comparer, expected, actual);
    }

    private RawWebSocket Find(string name) =>
        _sockets.GetValueOrDefault(name) ?? throw new ScenarioException($"socket {name} is not open");
}
