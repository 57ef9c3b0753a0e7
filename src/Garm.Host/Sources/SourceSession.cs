using System.Net;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Garm.Actors.Sources;
using Garm.Contracts.Json;

namespace Garm.Host.Sources;

/// <summary>An open event socket, and the REST API beside it.</summary>
internal sealed class SourceSession : ISourceSession
{
    private const int LongestFrame = 64 * 1024 * 1024;
    private const int LongestEntity = 64 * 1024 * 1024;
    private const int PageSize = 100;

    private static readonly JsonSerializerOptions Deep = new(GarmJson.Options) { MaxDepth = JsonText.AnyDepth.MaxDepth };

    private readonly SourceHttp _http;
    private readonly ClientWebSocket _socket;
    private readonly CancellationTokenSource _closed = new();

    public SourceSession(SourceHttp http, ClientWebSocket socket, SourceServer server, ISourceListener listener)
    {
        (_http, _socket, Server) = (http, socket, server);
        _ = Task.Run(() => ReceiveAsync(listener));
    }

    /// <inheritdoc />
    public SourceServer Server { get; }

    /// <inheritdoc />
    public async IAsyncEnumerable<JsonElement> ListAsync(string route, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (route == "objects")
        {
            await foreach (var entity in ListPagesAsync(route, cancellation)) yield return entity;
            yield break;
        }

        using var response = await AskAsync(route, cancellation);
        if (route == "controller-info")
        {
            using var info = await ReadAsync(route, response, cancellation);
            yield return info.RootElement.Clone();
            yield break;
        }

        await using var body = await _http.OpenBodyAsync(response, cancellation);
        await using var entities = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(body, Deep, cancellation)
            .GetAsyncEnumerator(cancellation);
        while (await MoveAsync(route, entities))
        {
            yield return entities.Current;
        }
    }

    /// <inheritdoc />
    public async Task<ReadOnlyMemory<byte>?> GetAsync(string route, CancellationToken cancellation)
    {
        try
        {
            using var response = await AskAsync(route, cancellation);
            using var entity = await ReadAsync(route, response, cancellation);
            return JsonMarshal.GetRawUtf8Value(entity.RootElement).ToArray();
        }
        catch (NoSuchRouteException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        if (_socket.State == WebSocketState.Open)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            try
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
            {
                // It is gone already.
            }
        }

        _socket.Dispose();
    }

    // An empty list is [] or null, as with GARM; anything else than a whole list fails.
    private static async Task<bool> MoveAsync(string route, IAsyncEnumerator<JsonElement> entities)
    {
        try
        {
            return await entities.MoveNextAsync();
        }
        catch (JsonException e)
        {
            throw new SourceException($"the list of /{route} is cut, or is none: {e.Message}", e);
        }
    }

    private async IAsyncEnumerable<JsonElement> ListPagesAsync(string route, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var pages = 1L;
        for (var page = 1L; page <= pages; page++)
        {
            using var response = await AskAsync($"{route}?page={page}&pageSize={PageSize}", cancellation);
            using var json = await ReadAsync(route, response, cancellation);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("results", out var results))
                throw new SourceException($"the list of /{route} is none: it has no results");
            if (root.TryGetProperty("pages", out var count) && count.TryGetInt64(out var known)) pages = known;
            if (results.ValueKind != JsonValueKind.Array) yield break;
            foreach (var entity in results.EnumerateArray()) yield return entity;
        }
    }

    private async Task<JsonDocument> ReadAsync(string route, HttpResponseMessage response, CancellationToken cancellation)
    {
        var bytes = await _http.ReadBytesAsync(response, LongestEntity, cancellation);
        try
        {
            return JsonDocument.Parse(bytes, JsonText.AnyDepth);
        }
        catch (JsonException e)
        {
            throw new SourceException($"the answer of /{route} is cut, or is no JSON: {e.Message}", e);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(string route, CancellationToken cancellation)
    {
        var response = await _http.SendAsync(HttpMethod.Get, route, null, cancellation);
        if (response.StatusCode == HttpStatusCode.OK) return response;
        using (response)
        {
            var body = await _http.ReadTextAsync(response, cancellation);
            throw response.StatusCode switch
            {
                HttpStatusCode.NotFound => new NoSuchRouteException($"/{route}"),
                HttpStatusCode.Unauthorized => new LoginEndedException($"the server takes the login no more{SourceFailures.Details(body)}"),
                _ => SourceFailures.Refused(response.RequestMessage!.RequestUri!, (int)response.StatusCode, body),
            };
        }
    }

    private async Task ReceiveAsync(ISourceListener listener)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            using var message = new MemoryStream();
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), _closed.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    listener.OnEnd($"the server closed the event socket ({(int)(_socket.CloseStatus ?? 0)}{Reason()})");
                    return;
                }

                message.Write(buffer, 0, part.Count);
                if (message.Length > LongestFrame) throw new InvalidDataException($"an event has more than {LongestFrame} bytes");
                if (!part.EndOfMessage) continue;
                listener.OnFrame(message.ToArray());
                message.SetLength(0);
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // This side closed it.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            listener.OnEnd($"the event socket was lost: {(e.InnerException ?? e).Message}");
        }
    }

    private string Reason() => string.IsNullOrEmpty(_socket.CloseStatusDescription) ? "" : $", \"{_socket.CloseStatusDescription}\"";
}
