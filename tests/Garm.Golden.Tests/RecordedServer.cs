using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Garm.Golden.Scenarios;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Garm.Golden.Tests;

/// <summary>
/// Answers a scenario with its own recording, request by request, and sends the recorded events. It can
/// be configured to answer a step differently, which the runner has to notice.
/// </summary>
internal sealed class RecordedServer : IAsyncDisposable
{
    private const string Tap = "";

    private readonly Scenario _scenario;
    private readonly Queue<Step> _script;
    private readonly Dictionary<string, WebSocket> _sockets = [];
    private readonly WebApplication _app;

    private RecordedServer(Scenario scenario, Func<Step, Step> tamper)
    {
        _scenario = scenario;
        var exchanges = scenario.Steps
            .Where(step => step.Request is not null || step.Ws is { Op: "connect" })
            .Select(tamper);
        _script = new Queue<Step>(scenario.NoEventSocket ? exchanges : exchanges.Prepend(OpenTap()));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(AnswerAsync);
    }

    public Uri BaseUrl => new(_app.Urls.Single());

    public static async Task<RecordedServer> StartAsync(Scenario scenario, Func<Step, Step>? tamper = null)
    {
        var server = new RecordedServer(scenario, tamper ?? (step => step));
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Step OpenTap() => new()
    {
        Ws = new SocketSpec { Op = "connect", Socket = Tap },
        Response = new ResponseSpec { Status = StatusCodes.Status101SwitchingProtocols },
    };

    private async Task AnswerAsync(HttpContext context)
    {
        var step = _script.Dequeue();
        if (step.Ws is { } spec && step.Response!.Status == StatusCodes.Status101SwitchingProtocols)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            _sockets[spec.Socket] = socket;
            await DrainAsync(socket);
            return;
        }

        if (_sockets.ContainsKey(Tap)) await SendAsync(Tap, step.Events ?? []);
        foreach (var (name, events) in step.SocketEvents) await SendAsync(name, events);

        var response = step.Response!;
        context.Response.StatusCode = response.Status;
        context.Response.ContentType = response.Headers?.GetValueOrDefault("content-type");
        var body = Json.Bare(response.Body).Replace(_scenario.Recording.BaseUrl, BaseUrl.OriginalString.TrimEnd('/'));
        if (body.Length > 0) await context.Response.WriteAsync(body);
    }

    private async Task SendAsync(string socket, IReadOnlyList<JsonElement> events)
    {
        foreach (var frame in events)
        {
            var text = Json.ToText(frame).Replace(_scenario.Recording.BaseUrl, BaseUrl.OriginalString.TrimEnd('/'));
            await _sockets[socket].SendAsync(
                Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
    }

    // Pings are answered only while somebody reads.
    private static async Task DrainAsync(WebSocket socket)
    {
        var buffer = new byte[4096];
        try
        {
            // The script already contains the client's messages.
            while (socket.CloseStatus is null) await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            await socket.CloseOutputAsync(socket.CloseStatus.Value, null, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The runner ends its sockets without a close frame.
        }
    }
}
