using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Garm.Faults.Tests.Sources;

/// <summary>What becomes of the list of the proxies.</summary>
internal enum ListFault
{
    None,

    /// <summary>It is answered with 500.</summary>
    Refused,

    /// <summary>The connection is cut in the middle.</summary>
    Cut,

    /// <summary>Its first half is passed on as if it were all.</summary>
    Halved,

    /// <summary>It is answered with 200 and nothing.</summary>
    Empty,

    /// <summary>It stops in the middle, until the relay is told to go on.</summary>
    Stalled,
}

/// <summary>What becomes of the event socket's frames.</summary>
internal enum FrameFault
{
    None,
    Dropped,
    EverySecondDropped,
    Doubled,

    /// <summary>Each comes 300 ms late.</summary>
    Delayed,

    /// <summary>Each pair changes places.</summary>
    Swapped,

    /// <summary>None comes, until the relay is told to go on.</summary>
    Stalled,

    /// <summary>The socket is cut instead of passing a frame on.</summary>
    Cut,
}

/// <summary>Stands between a hub and its source, passes everything on, and does to lists and frames what a test says.</summary>
internal sealed class SourceRelay : IAsyncDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(300);

    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Uri _target;
    private readonly WebApplication _app;
    private TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _hits;

    private SourceRelay(Uri target, WebApplication app) => (_target, _app) = (target, app);

    /// <summary>Where the hub finds the source.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public ListFault Lists { get; set; }

    public FrameFault Frames { get; set; }

    /// <summary>How many lists and frames met a fault.</summary>
    public long Hits => Interlocked.Read(ref _hits);

    public static async Task<SourceRelay> StartAsync(Uri target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseWebSockets();
        var relay = new SourceRelay(target, app);
        app.Run(relay.HandleAsync);
        await app.StartAsync();
        return relay;
    }

    /// <summary>No fault any more; what has stalled goes on.</summary>
    public void Heal()
    {
        (Lists, Frames) = (ListFault.None, FrameFault.None);
        Interlocked.Exchange(ref _goOn, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        Heal();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            if (context.WebSockets.IsWebSocketRequest) await RelaySocketAsync(context);
            else await RelayAnswerAsync(context);
        }
        catch (Exception e) when (e is WebSocketException or IOException or HttpRequestException or OperationCanceledException)
        {
            context.Abort(); // One of both sides has gone.
        }
    }

    private async Task RelayAnswerAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_target, context.Request.Path + context.Request.QueryString));
        if (context.Request.Headers.Authorization.Count > 0) request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        if (context.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        using var answer = await _http.SendAsync(request, context.RequestAborted);
        var body = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        var fault = context.Request.Path == "/api/v1/proxies" ? Lists : ListFault.None;
        if (fault != ListFault.None) Interlocked.Increment(ref _hits);
        context.Response.StatusCode = fault == ListFault.Refused ? 500 : (int)answer.StatusCode;
        context.Response.ContentType = "application/json";
        var half = body.AsMemory(0, body.Length / 2);
        switch (fault)
        {
            case ListFault.Refused or ListFault.Empty:
                break;
            case ListFault.Halved:
                await context.Response.Body.WriteAsync(half);
                break;
            case ListFault.Cut:
                await context.Response.Body.WriteAsync(half);
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
            case ListFault.Stalled:
                var goOn = _goOn.Task;
                await context.Response.Body.WriteAsync(half);
                await context.Response.Body.FlushAsync();
                await goOn.WaitAsync(context.RequestAborted);
                await context.Response.Body.WriteAsync(body.AsMemory(half.Length));
                break;
            default:
                await context.Response.Body.WriteAsync(body);
                break;
        }
    }

    private async Task RelaySocketAsync(HttpContext context)
    {
        using var to = new ClientWebSocket();
        to.Options.SetRequestHeader("Authorization", context.Request.Headers.Authorization.ToString());
        await to.ConnectAsync(new UriBuilder(new Uri(_target, context.Request.Path.Value!)) { Scheme = "ws" }.Uri, context.RequestAborted);
        using var from = await context.WebSockets.AcceptWebSocketAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var both = new[] { UpAsync(from, to, end.Token), DownAsync(context, to, from, end.Token) };
        await Task.WhenAny(both);
        await end.CancelAsync();
        await Task.WhenAll(both);
    }

    private static async Task UpAsync(WebSocket from, ClientWebSocket to, CancellationToken end)
    {
        while (await ReadAsync(from, end) is { } message) await to.SendAsync(message, WebSocketMessageType.Text, true, end);
    }

    private async Task DownAsync(HttpContext context, ClientWebSocket from, WebSocket to, CancellationToken end)
    {
        byte[]? held = null;
        for (var number = 0; await ReadAsync(from, end) is { } frame; number++)
        {
            if (Frames != FrameFault.None) Interlocked.Increment(ref _hits);
            switch (Frames)
            {
                case FrameFault.Dropped:
                case FrameFault.EverySecondDropped when number % 2 == 0:
                    continue;
                case FrameFault.Doubled:
                    await to.SendAsync(frame, WebSocketMessageType.Text, true, end);
                    break;
                case FrameFault.Delayed:
                    await Task.Delay(Delay, end); // The fault is a time.
                    break;
                case FrameFault.Swapped when held is null:
                    held = frame;
                    continue;
                case FrameFault.Stalled:
                    await _goOn.Task.WaitAsync(end);
                    break;
                case FrameFault.Cut:
                    context.Abort();
                    return;
            }

            await to.SendAsync(frame, WebSocketMessageType.Text, true, end);
            if (held is not null) await to.SendAsync(held, WebSocketMessageType.Text, true, end);
            held = null;
        }
    }

    private static async Task<byte[]?> ReadAsync(WebSocket socket, CancellationToken end)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), end);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return message.ToArray();
        }
    }
}
