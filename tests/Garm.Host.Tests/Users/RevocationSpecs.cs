using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Users;

/// <summary>
/// Every way in which a user loses access closes every socket of that user at once, and no other socket. GARM has code for
/// it and never triggers it (PROTOCOL, section 4).
/// </summary>
public sealed class RevocationSpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>
{
    [Theory]
    [InlineData("disabled", "PUT", """{"enabled":false}""")]
    [InlineData("demoted", "PUT", """{"is_admin":false}""")]
    [InlineData("password", "PUT", """{"password":"An0ther-Horse-battery-Staple-77!"}""")]
    [InlineData("deleted", "DELETE", null)]
    public async Task ARevokedUser_LosesEverySocket_AndNobodyElseDoes(string username, string method, string? body)
    {
        var id = await hub.Admin.CreateAdminAsync(username);
        using var user = await HubClient.LoginAsync(hub.Host.BaseUrl, username);
        await using var first = await user.WatchEverythingAsync();
        await using var second = await user.OpenSocketAsync();
        await using var others = await hub.Admin.WatchEverythingAsync();

        var answer = await hub.Admin.SendAsync(
            method, $"/api/v1/users/{id}", body is null ? null : System.Text.Json.JsonSerializer.Deserialize<object>(body));

        Assert.Equal(200, answer.Status);
        Assert.Equal(new SocketFrame(FrameKind.Close, "", 1000), await first.CloseFrameAsync());
        Assert.Equal(new SocketFrame(FrameKind.Close, "", 1000), await second.CloseFrameAsync());
        Assert.Equal(401, (await user.SendAsync("GET", "/api/v1/proxies")).Status);
        Assert.Equal(401, (await user.HandshakeAsync()).Status);

        var told = Assert.Single(await others.EventsAsync(1));
        Assert.StartsWith("""{"entity-type":"user","operation":""", told, StringComparison.Ordinal);
        Assert.Contains(id, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherChangeOfTheUser_ClosesNothing()
    {
        var id = await hub.Admin.CreateAdminAsync("renamed");
        using var user = await HubClient.LoginAsync(hub.Host.BaseUrl, "renamed");
        await using var socket = await user.WatchEverythingAsync();

        await hub.Admin.SendAsync("PUT", $"/api/v1/users/{id}", new { full_name = "Somebody Else" });

        Assert.Contains("Somebody Else", Assert.Single(await socket.EventsAsync(1)), StringComparison.Ordinal);
        await socket.SyncAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task APlainUser_IsNotLetIn()
    {
        await hub.Admin.SendAsync("POST", "/api/v1/users", new { username = "plain", email = "plain@example.com", password = HubClient.Password });
        using var plain = await HubClient.LoginAsync(hub.Host.BaseUrl, "plain");

        Assert.Equal((401, "Unauthorized\n"), await StatusAndBodyAsync(plain));
        Assert.Equal("Unauthorized\n", (await plain.SendAsync("GET", "/api/v1/proxies")).Text);
    }

    private static async Task<(int Status, string Body)> StatusAndBodyAsync(HubClient client)
    {
        var result = await client.HandshakeAsync();
        return (result.Status, result.Body);
    }
}
