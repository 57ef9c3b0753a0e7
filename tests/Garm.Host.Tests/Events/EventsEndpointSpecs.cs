using System.Net;
using System.Net.WebSockets;
using System.Text;
using Garm.Actors.Sessions;
using Garm.WebSockets;
using Xunit;

namespace Garm.Host.Tests.Events;

/// <summary>The endpoint's answers on the wire, and the client that .NET brings along.</summary>
public sealed class EventsEndpointSpecs
{
    [Fact]
    public async Task GoodHandshake_ShouldGetExactlyTheHeadersOfGarm()
    {
        await using var host = await SocketHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address);
        await client.SendAsync(Encoding.ASCII.GetBytes(RawClient.Handshake.Replace(
            "Upgrade: websocket",
            "Upgrade: websocket\r\nSec-WebSocket-Protocol: chat\r\nSec-WebSocket-Extensions: permessage-deflate",
            StringComparison.Ordinal)));
        var head = (await client.ReadHeadAsync()).Split("\r\n");
        Assert.Equal("HTTP/1.1 101 Switching Protocols", head[0]);
        Assert.Equal(
            ["Connection: Upgrade", "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "Upgrade: websocket"],
            head[1..].Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Upgrade: websocket\r\n", "", 400, "Bad Request\n")]
    [InlineData("Connection: Upgrade\r\n", "", 400, "Bad Request\n")]
    [InlineData("Version: 13", "Version: 12", 400, "Bad Request\n")]
    [InlineData("Host: garm.test", "Host: garm.test\r\nOrigin: http://elsewhere.example.com", 403, "Forbidden\n")]
    [InlineData("Host: garm.test", "Host: garm.test\r\nOrigin: null", 403, "Forbidden\n")]
    public async Task BadHandshake_ShouldBeRefusedAsGarmDoes(string change, string to, int status, string body)
    {
        await using var host = await SocketHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address);
        await client.SendAsync(Encoding.ASCII.GetBytes(RawClient.Handshake.Replace(change, to, StringComparison.Ordinal)));
        var head = await client.ReadHeadAsync();
        Assert.StartsWith($"HTTP/1.1 {status} ", head);
        Assert.Contains("Content-Type: text/plain; charset=utf-8", head);
        Assert.Contains("Sec-WebSocket-Version: 13", head);
        await host.HandlerEndsAsync();
        Assert.True(host.HasOpenedNoMore);
        Assert.Equal(body, Encoding.ASCII.GetString(await client.ReadExactlyAsync(body.Length)));
    }

    [Fact]
    public async Task PlainGet_ShouldBeABadRequest()
    {
        await using var host = await SocketHost.StartAsync();
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://{host.Address}{SocketHost.Path}")).OrFail("an answer comes");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("Bad Request\n", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(SessionRefusal.Draining, 503)]
    [InlineData(SessionRefusal.TooManySessions, 503)]
    [InlineData(SessionRefusal.TooManySessionsOfUser, 429)]
    public async Task RefusedSession_ShouldBeAnHttpAnswer(SessionRefusal reason, int status)
    {
        await using var host = await SocketHost.StartAsync();
        host.Manager.Refusal = reason;
        using var client = await RawClient.ConnectAsync(host.Address);
        await client.SendAsync(Encoding.ASCII.GetBytes(RawClient.Handshake));
        var head = await client.ReadHeadAsync();
        Assert.StartsWith($"HTTP/1.1 {status} ", head);
        Assert.Contains("Retry-After: ", head);
    }

    [Fact]
    public async Task ClientOfDotnet_ShouldSendReceiveAndClose()
    {
        await using var host = await SocketHost.StartAsync();
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri($"ws://{host.Address}{SocketHost.Path}"), CancellationToken.None).OrFail("it is open");
        var session = await host.NextSessionAsync();
        Assert.Null(client.SubProtocol);

        await client.SendAsync("{\"send-everything\":true}"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal("{\"send-everything\":true}", Encoding.UTF8.GetString((await session.ToldAsync<ClientMessage>()).Content.Span));

        session.Do(queue => queue.TryEnqueue(FrameWriter.Text("event"u8)));
        var buffer = new byte[100];
        var received = await client.ReceiveAsync(buffer, CancellationToken.None).OrFail("the event comes");
        Assert.Equal("event", Encoding.UTF8.GetString(buffer.AsSpan(0, received.Count)));
        Assert.True(received.EndOfMessage);

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", CancellationToken.None).OrFail("the close is answered");
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
        Assert.Equal((ushort)1000, (await session.ToldAsync<ClientClosed>()).Code);
        await host.HandlerEndsAsync();
    }

    [Fact]
    public async Task ClientOfDotnet_ShouldSeeTheCloseOfTheSession()
    {
        await using var host = await SocketHost.StartAsync();
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri($"ws://{host.Address}{SocketHost.Path}"), CancellationToken.None).OrFail("it is open");
        var session = await host.NextSessionAsync();
        session.Do(queue => queue.Complete(FrameWriter.Close(SessionCloseReason.SlowConsumer.ToCloseFrame())));

        var received = await client.ReceiveAsync(new byte[10], CancellationToken.None).OrFail("the close frame comes");
        Assert.Equal(WebSocketMessageType.Close, received.MessageType);
        Assert.Equal(1013, (int?)client.CloseStatus);
        Assert.Equal("slow-consumer", client.CloseStatusDescription);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await host.HandlerEndsAsync();
    }
}
