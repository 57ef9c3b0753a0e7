using System.Text.Json;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Compatibility;

/// <summary><c>/ws/logs</c>, as <c>garm-cli debug-log</c> and the log view of GARM's web page read it.</summary>
public sealed class LogSocketSpecs(HubWithLogSocket hub) : IClassFixture<HubWithLogSocket>
{
    [Theory]
    [InlineData(HubWithLogSocket.Path)]
    [InlineData("/api/v1/ws")]
    public async Task ARecord_IsAFrameInTheFormOfGosSlog(string path)
    {
        await using var socket = await hub.OpenAsync(hub.Admin.Token, path);
        await hub.LogSomethingAsync();

        var record = await HubWithLogSocket.RecordAsync(socket, x => x.GetProperty("msg").GetString()!.EndsWith("is open", StringComparison.Ordinal));

        Assert.Equal(["time", "level", "msg", "logger", "session", "user"], record.EnumerateObject().Select(x => x.Name));
        Assert.Equal("DEBUG", record.GetProperty("level").GetString());
        Assert.True(record.GetProperty("time").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(-5));
        Assert.Contains(record.GetProperty("session").GetString()!, record.GetProperty("msg").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSocket_IsClosed_WhenItsUserIsRevoked()
    {
        var id = await hub.Admin.CreateAdminAsync("follower");
        using var follower = await HubClient.LoginAsync(hub.Host.BaseUrl, "follower");
        await using var socket = await hub.OpenAsync(follower.Token);
        await hub.LogSomethingAsync();
        await HubWithLogSocket.RecordAsync(socket, _ => true);

        Assert.Equal(200, (await hub.Admin.SendAsync("PUT", $"/api/v1/users/{id}", new { enabled = false })).Status);

        await HubWithLogSocket.ClosedAsync(socket, 1000);
    }

    [Fact]
    public async Task OnlyAdministrators_ReadTheLog()
    {
        Assert.Equal(200, (await hub.Admin.SendAsync("POST", "/api/v1/users", new
        {
            username = "reader",
            email = "reader@example.com",
            password = HubClient.Password,
        })).Status);
        using var reader = await HubClient.LoginAsync(hub.Host.BaseUrl, "reader");

        Assert.Equal(401, (await hub.ConnectAsync(reader.Token, HubWithLogSocket.Path)).Status);
    }
}
