using Garm.Bench.BareLoop;

// The least that a websocket fan-out on Kestrel costs, and the least that a durable write over REST costs: no log of its own, no actors, no
// filter, no EF Core. What the hub takes beyond it is the hub's own. GET /ws listens, GET /pub publishes: each of its text messages goes
// to all listeners. PUT /endpoints/{name} with a token and POST /webhooks with a signature write (with --database FILE and --secret TEXT);
// what they wrote goes to all listeners. SIGTERM ends it.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
if (string.IsNullOrEmpty(builder.Configuration["Urls"])) builder.WebHost.UseUrls("http://127.0.0.1:9998");

var app = builder.Build();
var fanOut = new FanOut();
app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
app.Map("/ws", context => AcceptAsync(context, fanOut.ListenAsync));
app.Map("/pub", context => AcceptAsync(context, fanOut.PublishAsync));
if (app.Configuration["database"] is { Length: > 0 } file)
{
    var writes = new Writes(file, app.Configuration["secret"] ?? "", fanOut);
    app.MapPut("/endpoints/{name}", (RequestDelegate)writes.PutAsync);
    app.MapPost("/webhooks", (RequestDelegate)writes.TakeWebhookAsync);
}

await app.RunAsync();

async Task AcceptAsync(HttpContext context, Func<System.Net.WebSockets.WebSocket, CancellationToken, Task> serve)
{
    if (!context.WebSockets.IsWebSocketRequest)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return;
    }

    using var socket = await context.WebSockets.AcceptWebSocketAsync();
    await serve(socket, app.Lifetime.ApplicationStopping);
}
