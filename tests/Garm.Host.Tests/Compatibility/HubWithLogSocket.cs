using System.Text.Json;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Compatibility;

/// <summary>A hub that shows its log, and the reader of it.</summary>
public sealed class HubWithLogSocket : InitialisedHub
{
    internal const string Path = "/api/v1/ws/logs";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Garm:Log:Stream"] = "true",
        ["Garm:Jwt:TimeToLive"] = "1h",
        ["Logging:Stream:LogLevel:Garm.Host.Events"] = "Debug",
    };

    internal async Task LogSomethingAsync()
    {
        await using var events = await Admin.OpenSocketAsync();
    }

    internal static async Task<JsonElement> RecordAsync(RawWebSocket socket, Func<JsonElement, bool> isIt)
    {
        while (true)
        {
            var frames = await socket.TakeAsync(x => x.Any(frame => frame.Kind is FrameKind.Text or FrameKind.Eof), Timeout, TimeSpan.Zero);
            Assert.DoesNotContain(frames, x => x.Kind == FrameKind.Eof);
            Assert.NotEmpty(frames);
            foreach (var frame in frames.Where(x => x.Kind == FrameKind.Text))
            {
                Assert.EndsWith("}\n", frame.Text, StringComparison.Ordinal);
                var record = JsonSerializer.Deserialize<JsonElement>(frame.Text);
                if (isIt(record)) return record;
            }
        }
    }

    internal static async Task ClosedAsync(RawWebSocket socket, int code)
    {
        var frames = await socket.TakeAsync(x => x.Any(frame => frame.Kind is FrameKind.Close or FrameKind.Eof), Timeout, TimeSpan.Zero);
        Assert.Contains(frames, x => x.Kind == FrameKind.Close && x.Code == code);
    }

    internal async Task<RawWebSocket> OpenAsync(string token, string path = Path)
    {
        var result = await ConnectAsync(token, path);
        return result.Socket ?? throw new InvalidOperationException($"the handshake was answered with {result.Status}: {result.Body}");
    }

    internal Task<HandshakeResult> ConnectAsync(string token, string path) => RawWebSocket.ConnectAsync(
        Host.BaseUrl, path, new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" });
}
