using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Garm.Contracts.Json;

namespace Garm.Client.Api;

/// <summary>
/// The REST calls. Each throws <see cref="GarmApiException"/> when the server refuses, <see cref="HttpRequestException"/>
/// when it cannot be reached, and <see cref="TimeoutException"/> when it does not answer within <see cref="Timeout"/>.
/// </summary>
public sealed class GarmApiClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _address;

    /// <summary>A client for one hub.</summary>
    /// <param name="address">The hub's base URL, without <c>/api/v1</c>.</param>
    /// <param name="token">The token for calls that need one; the first run and the login need none.</param>
    /// <param name="handler">A handler to use instead of a new one, for tests and proxies; it is not disposed.</param>
    public GarmApiClient(Uri address, string? token = null, HttpMessageHandler? handler = null)
    {
        _address = address;
        _http = handler is null ? new HttpClient() : new HttpClient(handler, disposeHandler: false);
        _http.Timeout = Timeout;
        if (token is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The timeout of a call: 30 s, because hashing a password is slow on purpose.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Creates the administrator. 409 when one exists; 400 for a weak password or an invalid mail address.</summary>
    public Task<UserInfo> FirstRunAsync(NewUser user, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, "first-run", user, ClientJson.Default.NewUser, ClientJson.Default.UserInfo, cancellationToken);

    /// <summary>Logs in; returns a token. 401 for a wrong name or password; 409 when there is no administrator yet.</summary>
    public async Task<string> LoginAsync(string username, string password, CancellationToken cancellationToken = default)
    {
        var answer = await SendAsync(HttpMethod.Post, "auth/login", new LoginRequest(username, password),
            ClientJson.Default.LoginRequest, ClientJson.Default.LoginAnswer, cancellationToken).ConfigureAwait(false);
        return answer.Token is { Length: > 0 } token ? token : throw NotAHub(HttpStatusCode.OK);
    }

    /// <summary>The controller's settings. The call also works before the URLs are set.</summary>
    public Task<ControllerInfo> GetControllerAsync(CancellationToken cancellationToken = default) =>
        SendAsync<object, ControllerInfo>(
            HttpMethod.Get, "controller", null, null, ClientJson.Default.ControllerInfo, cancellationToken);

    /// <summary>Changes the controller's settings. 400 for an invalid URL.</summary>
    public Task<ControllerInfo> UpdateControllerAsync(ControllerUpdate update, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, "controller", update,
            ClientJson.Default.ControllerUpdate, ClientJson.Default.ControllerInfo, cancellationToken);

    /// <summary>Any call under <c>/api/v1</c>, for routes that have no method here.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path after <c>/api/v1/</c>, with its query; its parts are escaped by the caller.</param>
    /// <param name="body">The JSON body; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The JSON of the answer; <see cref="JsonValueKind.Undefined"/> when it has no body.</returns>
    public async Task<JsonElement> SendAsync(
        HttpMethod method, string path, JsonNode? body = null, CancellationToken cancellationToken = default)
    {
        using var content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        var (status, text, _) = await SendAsync(method, path, content, cancellationToken).ConfigureAwait(false);
        return Parse(text, status);
    }

    /// <summary>Lists the event sessions of all nodes. 404 where the server has no such route: GARM, and earlier versions of the hub.</summary>
    public async Task<SessionsAnswer> ListSessionsAsync(CancellationToken cancellationToken = default)
    {
        var (status, text, unanswered) = await SendAsync(HttpMethod.Get, "sessions", (HttpContent?)null, cancellationToken).ConfigureAwait(false);
        return new SessionsAnswer(Parse(text, status), unanswered);
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<TAnswer> SendAsync<TBody, TAnswer>(
        HttpMethod method,
        string path,
        TBody? body,
        JsonTypeInfo<TBody>? bodyType,
        JsonTypeInfo<TAnswer> answerType,
        CancellationToken cancellationToken)
        where TBody : class
        where TAnswer : class
    {
        using var content = body is not null && bodyType is not null ? JsonContent.Create(body, bodyType) : null;
        var (status, text, _) = await SendAsync(method, path, content, cancellationToken).ConfigureAwait(false);
        return Parse(text, answerType) ?? throw NotAHub(status);
    }

    private async Task<(HttpStatusCode Status, string Text, IReadOnlyList<string> UnansweredNodes)> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, HubAddress.Rest(_address, path)) { Content = content };
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw new GarmApiException(await ApiError.ReadAsync(response, cancellationToken).ConfigureAwait(false));
            var unanswered = response.Headers.TryGetValues(SessionsAnswer.UnansweredNodesHeader, out var names)
                ? names.SelectMany(x => x.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray()
                : [];
            return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false), unanswered);
        }
        catch (TaskCanceledException e) when (e.InnerException is TimeoutException)
        {
            throw new TimeoutException($"no answer from {_address} within {Timeout.TotalSeconds:0} seconds", e);
        }
    }

    private static JsonElement Parse(string text, HttpStatusCode status)
    {
        if (text == "") return default;
        try
        {
            using var json = JsonDocument.Parse(text, JsonText.AnyDepth);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw NotAHub(status);
        }
    }

    private static TAnswer? Parse<TAnswer>(string text, JsonTypeInfo<TAnswer> type) where TAnswer : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A login page or a server on the wrong port may also answer 200.
    private static GarmApiException NotAHub(HttpStatusCode status) =>
        new(new ApiError(status, "unexpected answer", "not what a GARM server sends; is the URL right?"));
}
