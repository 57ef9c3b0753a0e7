using Garm.Host.WebSockets;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Garm.Host.Tests.Events;

public sealed class WebSocketHandshakeSpecs
{
    private const string Host = "garm.example.com";
    private const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    [Fact]
    public void Accepts_a_good_handshake_with_the_answer_of_the_rfc()
    {
        var decision = Decide();
        Assert.Equal(101, decision.Status);
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", decision.Accept);
    }

    [Theory]
    [InlineData("Connection", "keep-alive, Upgrade", 101)]
    [InlineData("Connection", "upgrade", 101)]
    [InlineData("Connection", "keep-alive,\tUPGRADE ,x", 101)]
    [InlineData("Connection", "keep-alive", 400)]
    [InlineData("Connection", "upgraded", 400)]
    [InlineData("Connection", "", 400)]
    [InlineData("Connection", null, 400)]
    [InlineData("Upgrade", "WebSocket", 101)]
    [InlineData("Upgrade", "h2c, websocket", 101)]
    [InlineData("Upgrade", "h2c", 400)]
    [InlineData("Upgrade", null, 400)]
    [InlineData("Sec-WebSocket-Version", "12", 400)]
    [InlineData("Sec-WebSocket-Version", "8, 13", 101)]
    [InlineData("Sec-WebSocket-Version", "130", 400)]
    [InlineData("Sec-WebSocket-Version", null, 400)]
    [InlineData("Sec-WebSocket-Key", null, 400)]
    [InlineData("Sec-WebSocket-Key", "", 400)]
    [InlineData("Sec-WebSocket-Key", "no base64!", 400)]
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j", 400)] // 15 bytes
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZXg=", 400)] // 17 bytes
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==dGhlIHNhbXBsZSBub25jZQ==", 400)]
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBs ZSBub25jZQ==", 400)]
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBs    ZSBub25j", 400)]
    [InlineData("Origin", "http://garm.example.com", 101)]
    [InlineData("Origin", "http://elsewhere.example.com", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "", 403)]
    [InlineData("Sec-WebSocket-Protocol", "chat", 101)]
    [InlineData("Sec-WebSocket-Extensions", "permessage-deflate", 101)]
    public void Decides_by_the_headers(string name, string? value, int status) =>
        Assert.Equal(status, Decide((name, value)).Status);

    [Theory]
    [InlineData("Upgrade", null, 400)]
    [InlineData("Sec-WebSocket-Version", "12", 400)]
    [InlineData("Sec-WebSocket-Key", "x", 403)]
    public void Looks_at_the_upgrade_then_at_the_origin_then_at_the_key(string name, string? value, int status) =>
        Assert.Equal(status, Decide((name, value), ("Origin", "http://elsewhere.example.com")).Status);

    [Theory]
    [InlineData("HTTP/1.1", 101)]
    [InlineData("HTTP/1.0", 400)]
    [InlineData("HTTP/2", 400)]
    public void Upgrades_nothing_but_http_1_1(string protocol, int status) =>
        Assert.Equal(status, WebSocketHandshake.Decide(protocol, Headers(), Host, new OriginPolicy([])).Status);

    [Fact]
    public void Finds_a_token_in_a_second_line_of_the_header()
    {
        var headers = Headers();
        headers.Connection = new(["keep-alive", "Upgrade"]);
        Assert.True(WebSocketHandshake.Decide("HTTP/1.1", headers, Host, new OriginPolicy([])).IsAccepted);
    }

    private static HandshakeDecision Decide(params (string Name, string? Value)[] changes)
    {
        var headers = Headers();
        foreach (var (name, value) in changes)
        {
            if (value is null) headers.Remove(name);
            else headers[name] = value;
        }

        return WebSocketHandshake.Decide("HTTP/1.1", headers, Host, new OriginPolicy([]));
    }

    private static IHeaderDictionary Headers() => new HeaderDictionary
    {
        ["Connection"] = "Upgrade",
        ["Upgrade"] = "websocket",
        ["Sec-WebSocket-Version"] = "13",
        ["Sec-WebSocket-Key"] = Key,
    };
}
