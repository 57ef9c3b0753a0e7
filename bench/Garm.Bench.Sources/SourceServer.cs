using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Garm.Bench.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Garm.Bench.Sources;

/// <summary>
/// Speaks as a GARM server does, as far as a hub asks: the login, the controller, the lists, one runner, the event socket. It has so many
/// runners, each with the fields of a real one, and nothing else.
/// </summary>
internal sealed class SourceServer : IAsyncDisposable
{
    private static readonly string[] EmptyLists =
    [
        "github/endpoints", "gitea/endpoints", "github/credentials", "gitea/credentials", "templates", "proxies", "repositories",
        "organizations", "enterprises", "forge-instances", "pools", "scalesets", "jobs",
    ];

    private readonly WebApplication _app;
    private readonly byte[][] _runners;
    private readonly ConcurrentDictionary<WebSocket, byte> _sockets = new();
    private readonly string _controller = Guid.NewGuid().ToString();
    private readonly DateTime _epoch = DateTime.UtcNow;
    private long _changes;

    private SourceServer(WebApplication app, int runners)
    {
        _app = app;
        _runners = [.. Enumerable.Range(0, runners).Select(x => Encoding.UTF8.GetBytes(Runner(x, "")))];
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>How many event sockets are open.</summary>
    public int Sockets => _sockets.Count;

    public static async Task<SourceServer> StartAsync(int runners)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseWebSockets();
        var server = new SourceServer(app, runners);
        server.Map();
        await app.StartAsync();
        return server;
    }

    /// <summary>Changes a runner and sends its event, with a token of now, to the open sockets.</summary>
    public async Task ChangeAsync(int writer, int sequence)
    {
        var number = sequence % _runners.Length;
        var runner = Encoding.UTF8.GetBytes(Runner(number, Token.Now(writer, sequence)));
        _runners[number] = runner;
        byte[] frame = [.. """{"entity-type":"instance","operation":"update","payload":"""u8, .. runner, (byte)'}'];
        foreach (var socket in _sockets.Keys) await socket.SendAsync(frame, WebSocketMessageType.Text, true, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private string Runner(int number, string token)
    {
        var changed = (_epoch + TimeSpan.FromMicroseconds(Interlocked.Increment(ref _changes))).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        return $$"""{"id":"00000000-0000-4000-8000-{{number:x12}}","provider_id":"i-{{number:x8}}","provider_name":"lxd","name":"garm-runner-{{number}}","os_type":"linux","os_name":"ubuntu","os_version":"24.04","os_arch":"amd64","addresses":[{"address":"10.0.0.7","type":"private"}],"status":"running","runner_status":"idle","pool_id":"9337fe0f-7b4d-472b-8f10-6411f27a663e","created_at":"2026-11-29T09:35:48.926446Z","updated_at":"{{changed}}","agent_id":{{number + 1}},"github-runner-group":"{{token}}","heartbeat":"0001-01-01T00:00:00Z","capabilities":{"has_shell":false},"generation":0}""";
    }

    private void Map()
    {
        var exp = DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeSeconds();
        var jwt = $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"exp":{{exp}}}"""))}.e30";
        _app.MapPost("/api/v1/auth/login", () => Results.Text($$"""{"token":"{{jwt}}"}""", "application/json"));
        _app.MapGet("/api/v1/controller-info", () => Results.Text($$"""{"controller_id":"{{_controller}}","version":"v0.2.0"}""", "application/json"));
        foreach (var list in EmptyLists) _app.MapGet($"/api/v1/{list}", () => Results.Text("[]", "application/json"));
        _app.MapGet("/api/v1/objects", () => Results.Text("""{"total_count":0,"pages":0,"current_page":1,"results":[]}""", "application/json"));
        _app.MapGet("/api/v1/instances", ListAsync);
        _app.MapGet("/api/v1/instances/{name}", (string name) => Results.Bytes(
            _runners[int.Parse(name.AsSpan(name.LastIndexOf('-') + 1), CultureInfo.InvariantCulture)], "application/json"));
        _app.MapGet("/api/v1/ws/events", SocketAsync);
    }

    private async Task ListAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        var body = context.Response.BodyWriter;
        foreach (var (i, runner) in _runners.Index())
        {
            body.Write(i == 0 ? "["u8 : ","u8);
            body.Write(runner);
            if (i % 500 == 0) await body.FlushAsync();
        }

        body.Write("]"u8);
        await body.FlushAsync();
    }

    private async Task SocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4096];
        try
        {
            await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted); // What it asks for: everything.
            _sockets[socket] = 0;
            while ((await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The run is over.
        }

        _sockets.TryRemove(socket, out _);
    }
}
