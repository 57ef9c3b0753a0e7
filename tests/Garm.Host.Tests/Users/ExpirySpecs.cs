using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Users;

/// <summary>A connection ends with its token (PROTOCOL, section 4).</summary>
public sealed class ExpirySpecs(ExpirySpecs.ShortLivedTokens hub) : IClassFixture<ExpirySpecs.ShortLivedTokens>
{
    [Fact]
    public async Task ASocket_EndsWithItsToken_AndTheTokenOpensNothingMore()
    {
        using var client = await HubClient.LoginAsync(hub.Host.BaseUrl, "admin");
        await using var socket = await client.WatchEverythingAsync();

        Assert.Equal(new SocketFrame(FrameKind.Close, "", 1000), await socket.CloseFrameAsync());
        Assert.Equal(401, (await client.SendAsync("GET", "/api/v1/proxies")).Status);
        Assert.Equal(401, (await client.HandshakeAsync()).Status);
    }

    /// <summary>A hub whose tokens are valid for eight seconds: enough to log in and connect on a busy machine.</summary>
    public sealed class ShortLivedTokens : InitialisedHub
    {
        protected override Dictionary<string, string?> Settings => new() { ["Garm:Jwt:TimeToLive"] = "8s" };
    }
}
