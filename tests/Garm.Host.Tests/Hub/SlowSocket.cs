using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Garm.Host.Tests.Hub;

/// <summary>An event socket whose client reads nothing but what the test asks for, and large events to fill it with.</summary>
internal static class SlowSocket
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Opens one with little room in the system's buffers, and sends the message.</summary>
    public static async Task<ClientWebSocket> OpenAsync(Uri hub, string token, string message)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                // The hub need not keep bytes that the system's buffers hold.
                var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
                await tcp.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(tcp, ownsSocket: true);
            },
        };
        var url = new UriBuilder(new Uri(hub, "/api/v1/ws/events")) { Scheme = "ws" }.Uri;
        await socket.ConnectAsync(url, new HttpMessageInvoker(handler), CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
        return socket;
    }

    /// <summary>The next message; null when the hub closed the socket.</summary>
    public static async Task<JsonElement?> ReadAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, patience.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            text.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return JsonSerializer.Deserialize<JsonElement>(text.ToArray());
        }
    }

    /// <summary>A template of 60 KB, whose events have all of it.</summary>
    public static async Task<long> CreateLargeTemplateAsync(HubClient client)
    {
        var answer = await client.SendAsync("POST", "/api/v1/templates", new
        {
            name = $"t{Guid.NewGuid():N}",
            os_type = "linux",
            forge_type = "github",
            data = Convert.ToBase64String(new byte[60_000].Select(_ => (byte)'x').ToArray()),
        });
        Assert.Equal(200, answer.Status);
        return answer.Json.GetProperty("id").GetInt64();
    }
}
