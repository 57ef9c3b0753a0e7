using System.Text.Json;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Compatibility;

/// <summary><c>/ws/logs</c>, as <c>garm-cli debug-log</c> and the log view of GARM's web page read it.</summary>
public sealed class LogSocketSpecs : InitialisedHub
{
    private const string Path = "/api/v1/ws/logs";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Garm:Log:Stream"] = "true",
        ["Garm:Jwt:TimeToLive"] = "1h",
        ["Logging:Stream:LogLevel:Garm.Host.Events"] = "Debug",
    };

    [Theory]
    [InlineData(Path)]
    [InlineData("/api/v1/ws")]
    public async Task ARecord_IsAFrameInTheFormOfGosSlog(string path)
    {
        await using var socket = await OpenAsync(Admin.Token, path);
        await LogSomethingAsync();

        var record = await RecordAsync(socket, x => x.GetProperty("msg").GetString()!.EndsWith("is open", StringComparison.Ordinal));

        Assert.Equal(["time", "level", "msg", "logger", "session", "user"], record.EnumerateObject().Select(x => x.Name));
        Assert.Equal("DEBUG", record.GetProperty("level").GetString());
        Assert.True(record.GetProperty("time").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(-5));
        Assert.Contains(record.GetProperty("session").GetString()!, record.GetProperty("msg").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSocket_IsClosed_WhenItsUserIsRevoked()
    {
        var id = await Admin.CreateAdminAsync("follower");
        using var follower = await HubClient.LoginAsync(Host.BaseUrl, "follower");
        await using var socket = await OpenAsync(follower.Token);
        await LogSomethingAsync();
        await RecordAsync(socket, _ => true);

        Assert.Equal(200, (await Admin.SendAsync("PUT", $"/api/v1/users/{id}", new { enabled = false })).Status);

        await ClosedAsync(socket, 1000);
    }

    [Fact]
    public async Task TheSocket_IsClosed_WhenTheNodeStops()
    {
        await using var socket = await OpenAsync(Admin.Token);
        await LogSomethingAsync();
        await RecordAsync(socket, _ => true);

        var stopping = Host.StopAsync();

        await ClosedAsync(socket, 1001);
        await stopping;
    }

    [Fact]
    public async Task OneTooMany_IsRefused_AndTheRestGoOn()
    {
        var sockets = new List<RawWebSocket>();
        try
        {
            for (var i = 0; i < 20; i++) sockets.Add(await OpenAsync(Admin.Token));

            var refused = await ConnectAsync(Admin.Token, Path);

            Assert.Equal(503, refused.Status);
            Assert.Contains("too_many_sessions", refused.Body, StringComparison.Ordinal);
        }
        finally
        {
            foreach (var socket in sockets) await socket.DisposeAsync();
        }
    }

    [Fact]
    public async Task OnlyAdministrators_ReadTheLog()
    {
        Assert.Equal(200, (await Admin.SendAsync("POST", "/api/v1/users", new
        {
            username = "reader",
            email = "reader@example.com",
            password = HubClient.Password,
        })).Status);
        using var reader = await HubClient.LoginAsync(Host.BaseUrl, "reader");

        Assert.Equal(401, (await ConnectAsync(reader.Token, Path)).Status);
    }

    private async Task LogSomethingAsync()
    {
        await using var events = await Admin.OpenSocketAsync();
    }

    private static async Task<JsonElement> RecordAsync(RawWebSocket socket, Func<JsonElement, bool> isIt)
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

    private static async Task ClosedAsync(RawWebSocket socket, int code)
    {
        var frames = await socket.TakeAsync(x => x.Any(frame => frame.Kind is FrameKind.Close or FrameKind.Eof), Timeout, TimeSpan.Zero);
        Assert.Contains(frames, x => x.Kind == FrameKind.Close && x.Code == code);
    }

    private async Task<RawWebSocket> OpenAsync(string token, string path = Path)
    {
        var result = await ConnectAsync(token, path);
        return result.Socket ?? throw new InvalidOperationException($"the handshake was answered with {result.Status}: {result.Body}");
    }

    private Task<HandshakeResult> ConnectAsync(string token, string path) => RawWebSocket.ConnectAsync(
        Host.BaseUrl, path, new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" });
}
