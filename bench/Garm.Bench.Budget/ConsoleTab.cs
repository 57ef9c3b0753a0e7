using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Garm.Bench.Budget;

/// <summary>
/// A page of the console without a browser: it opens the circuit, answers the node's calls and acknowledges each rendering as
/// <c>blazor.web.js</c> does, and draws nothing. So a hundred of them take little of the machine that the node shares with them.
/// </summary>
internal sealed partial class ConsoleTab : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HubConnection _circuit;
    private readonly TaskCompletionSource _isShown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytes;
    private int _renderings;

    private ConsoleTab(HubConnection circuit) => _circuit = circuit;

    /// <summary>How often the node has rendered it.</summary>
    public int Renderings => _renderings;

    /// <summary>The bytes of its renderings before compression.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Opens a page as the administrator, and waits until it was rendered with its content.</summary>
    /// <param name="hub">The hub's address.</param>
    /// <param name="token">The administrator's token.</param>
    /// <param name="page">The page, relative to <c>/ui/</c>.</param>
    public static async Task<ConsoleTab> OpenAsync(Uri hub, string token, string page)
    {
        var (root, address, cookie) = (new Uri(hub, "/ui/"), new Uri(hub, $"/ui/{page}"), $"garm_token={token}");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        http.DefaultRequestHeaders.Add("Accept", "text/html");
        var document = await http.GetStringAsync(address);
        var markers = Marker().Matches(document).Select(x => JsonSerializer.Deserialize<JsonElement>(x.Groups["json"].Value)).ToList();
        if (markers.Count == 0) throw new InvalidOperationException($"{address} has no component of a circuit: {document}");

        var builder = new HubConnectionBuilder().WithUrl(new Uri(root, "_blazor"), HttpTransportType.WebSockets, options =>
        {
            options.SkipNegotiation = true;
            options.Headers["Cookie"] = cookie;
            options.Headers["Origin"] = hub.GetLeftPart(UriPartial.Authority);
            options.WebSocketConfiguration = socket => socket.DangerousDeflateOptions = new(); // As browsers do.
        });
        builder.Services.AddSingleton<IHubProtocol>(new CircuitProtocol());
        var tab = new ConsoleTab(builder.Build());
        tab.Answer();
        await tab._circuit.StartAsync();
        var circuit = await tab._circuit.InvokeAsync<string?>("StartCircuit", root.ToString(), address.ToString(), "[]", "");
        if (circuit is null) throw new InvalidOperationException($"the hub opens no circuit for {address}");
        var operations = markers.Select((x, i) => new { type = "add", ssrComponentId = i + 1, marker = x });
        await tab._circuit.SendAsync("UpdateRootComponents", JsonSerializer.Serialize(new { batchId = 0, operations }), "");
        await tab._isShown.Task.WaitAsync(Patience);
        return tab;
    }

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    private void Answer()
    {
        _circuit.Closed += fault =>
        {
            _isShown.TrySetException(new InvalidOperationException("the circuit ended", fault));
            return Task.CompletedTask;
        };
        _circuit.On<string>("JS.Error", error => _isShown.TrySetException(new InvalidOperationException(error)));
        _circuit.On<int, byte[]>("JS.RenderBatch", async (id, batch) =>
        {
            Interlocked.Add(ref _bytes, batch.Length);
            Interlocked.Increment(ref _renderings);
            await _circuit.SendAsync("OnRenderCompleted", (long)id, null);
        });
        _circuit.On<long, string, string, int, long, int>("JS.BeginInvokeJS", async (call, function, _, _, _, _) =>
        {
            if (call != 0) await _circuit.SendAsync("EndInvokeJSFromDotNet", call, true, $"[{call},true,{ResultOf(function)}]");
            if (function == "garmConsole.attach") _isShown.TrySetResult(); // The frame shows the page from then on.
        });
    }

    private static string ResultOf(string function) => function switch
    {
        "garmConsole.attach" => """{"theme":"auto","visible":true}""",
        _ => "null",
    };

    [GeneratedRegex("<!--Blazor:(?<json>\\{\"type\":\"server\".*?\\})-->")]
    private static partial Regex Marker();
}
