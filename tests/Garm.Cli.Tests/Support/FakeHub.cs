using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Garm.Cli.Tests.Support;

/// <summary>Plays the hub on a loopback port, with answers that were recorded from GARM.</summary>
internal sealed class FakeHub : IAsyncDisposable
{
    public const string Token = "a-token-that-must-not-be-printed";
    public const string Password = "Corr3ct-Horse-battery-Staple";

    /// <summary>An address without a hub. (The port of a stopped hub may be another test's by then.)</summary>
    public static readonly Uri Nobody = new("http://127.0.0.1:1");

    private readonly WebApplication _app;
    private readonly Channel<FakeSocket> _sockets = Channel.CreateUnbounded<FakeSocket>();

    private FakeHub(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public bool Initialised { get; set; } = true;

    /// <summary>What the controller has; starts with its URLs set.</summary>
    public JsonObject Controller { get; set; } = new()
    {
        ["controller_id"] = "febc89c6",
        ["metadata_url"] = "http://hub.example.com/api/v1/metadata",
        ["callback_url"] = "http://hub.example.com/api/v1/callbacks",
    };

    /// <summary>The bodies of the calls that changed something, by path.</summary>
    public ConcurrentDictionary<string, JsonNode?> Received { get; } = new();

    /// <summary>The answers to further calls, by method and path: <c>GET /api/v1/sessions</c>.</summary>
    public ConcurrentDictionary<string, Func<HttpRequest, IResult>> Answers { get; } = new();

    /// <summary>The further calls that came, with their query, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>The tokens that are taken besides <see cref="Token"/>.</summary>
    public string? OtherToken { get; set; }

    /// <summary>The token that a login gives.</summary>
    public string NextToken { get; set; } = Token;

    public static async Task<FakeHub> StartAsync(bool initialised = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        var app = builder.Build();
        app.UseWebSockets();
        var hub = new FakeHub(app) { Initialised = initialised };
        app.MapPost("/api/v1/first-run", (Delegate)hub.FirstRunAsync);
        app.MapPost("/api/v1/auth/login", (Delegate)hub.LoginAsync);
        app.MapGet("/api/v1/controller", (HttpContext context) => hub.Guard(context) ?? Results.Json(hub.Controller));
        app.MapPut("/api/v1/controller", (Delegate)hub.UpdateControllerAsync);
        app.Map("/api/v1/ws/events", hub.EventsAsync);
        app.MapFallback((Delegate)hub.AnswerAsync);
        await app.StartAsync();
        hub.Address = new Uri(app.Urls.Single());
        return hub;
    }

    /// <summary>The next socket that a client opened.</summary>
    public Task<FakeSocket> NextSocketAsync() =>
        Wait.ForAsync("an event socket", _sockets.Reader.ReadAsync().AsTask());

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static IResult Error(int status, string error, string details) =>
        Results.Json(new { error, details }, statusCode: status);

    private IResult? Guard(HttpContext context)
    {
        if (!Initialised) return Error(409, "init_required", "Missing superuser");
        return context.Request.Headers.Authorization.ToString() is var given && (given == $"Bearer {Token}" || given == $"Bearer {OtherToken}") ? null : Error(401, "Authentication failed", "");
    }

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (!Answers.TryGetValue($"{request.Method} {request.Path.Value}", out var answer)) return Error(404, "Not Found", "no such route");
        if (Guard(context) is { } refusal) return refusal;
        Calls.Enqueue($"{request.Method} {request.Path.Value}{Uri.UnescapeDataString(request.QueryString.Value ?? "")}");
        if (request.ContentLength > 0) await BodyAsync(context);
        return answer(request);
    }

    private async Task<IResult> FirstRunAsync(HttpContext context)
    {
        if (Initialised) return Error(409, "Conflict", "already initialized");
        var user = (await BodyAsync(context))!;
        if ((string?)user["password"] != Password) return Error(400, "Bad Request", "password is too weak");
        Initialised = true;
        return Results.Json(new JsonObject
        {
            ["id"] = "759a3e65",
            ["username"] = (string?)user["username"],
            ["email"] = (string?)user["email"],
            ["enabled"] = true,
            ["is_admin"] = true,
        });
    }

    private async Task<IResult> LoginAsync(HttpContext context)
    {
        if (!Initialised) return Error(409, "init_required", "Missing superuser");
        var body = (await BodyAsync(context))!;
        return (string?)body["password"] == Password
            ? Results.Json(new { token = NextToken })
            : Error(401, "Not Authorized", "");
    }

    private async Task<IResult> UpdateControllerAsync(HttpContext context)
    {
        if (Guard(context) is { } refusal) return refusal;
        foreach (var (name, value) in (await BodyAsync(context))!.AsObject()) Controller[name] = value?.DeepClone();
        return Results.Json(Controller);
    }

    private async Task EventsAsync(HttpContext context)
    {
        var refusal = !Initialised ? Error(409, "init_required", "Missing superuser")
            : !Controller.ContainsKey("metadata_url") ? Error(409, "urls_required", "Missing required URLs.")
            : Guard(context);
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var fake = new FakeSocket(context, socket);
        await _sockets.Writer.WriteAsync(fake);

        // Not the request's own token: it is cancelled when the client disconnects, and its last message would not be read.
        await fake.Done.WaitAsync(_app.Lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<JsonNode?> BodyAsync(HttpContext context) =>
        Received[context.Request.Path] = await JsonNode.ParseAsync(context.Request.Body);
}
