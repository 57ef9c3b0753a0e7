using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Garm.Golden.Comparing;
using Garm.Golden.Scenarios;

namespace Garm.Golden.Running;

/// <summary>Sends the requests of a scenario unchanged: no cookies, redirects or normalised paths.</summary>
internal sealed class HttpExchange(string address, Action<RecordedAnswer>? onAnswer) : IDisposable
{
    // A connection for each request: an answer must not depend on what an earlier one did to its connection.
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        UseCookies = false,
        UseProxy = false,
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.Zero,
    })
    { Timeout = TimeSpan.FromSeconds(30) };

    public async Task<Answer> SendAsync(RequestSpec spec, Variables variables)
    {
        var hasJson = spec.RawBody is null && spec.Body.ValueKind != JsonValueKind.Undefined;
        var body = hasJson
            ? JsonSerializer.Serialize(variables.Fill(spec.Body), Json.Compact)
            : spec.RawBody is { } raw ? variables.Fill(raw) : null;

        var headers = variables.Fill(spec.Headers).ToDictionary(StringComparer.OrdinalIgnoreCase);
        if (hasJson) headers.TryAdd("content-type", "application/json");
        if (spec.Sign is { } sign)
            headers["x-hub-signature-256"] = $"{sign.Algo}={Signature(sign, variables, body ?? "")}";

        // Unchanged: the server has to handle a doubled slash or an escaped character.
        var uri = new Uri(
            address + variables.Fill(spec.Path),
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(spec.Method), uri);
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers)
        {
            if (request.Headers.TryAddWithoutValidation(name, value)) continue;
            request.Content ??= new ByteArrayContent([]);
            request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _client.SendAsync(request);
        var contentType = response.Content.Headers.TryGetValues("content-type", out var values)
            ? string.Join(",", values)
            : null;
        var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync());
        onAnswer?.Invoke(new RecordedAnswer(spec.Method, uri.AbsolutePath, (int)response.StatusCode, contentType, text));
        return new Answer((int)response.StatusCode, contentType, Json.FromBody(text, contentType));
    }

    public void Dispose() => _client.Dispose();

    private static string Signature(SignSpec sign, Variables variables, string body)
    {
        var key = Encoding.UTF8.GetBytes(variables.Fill(sign.Secret));
        var data = Encoding.UTF8.GetBytes(body);
        return Convert.ToHexStringLower(sign.Algo switch
        {
            "sha256" => HMACSHA256.HashData(key, data),
            // GitHub's older signature, which the original still accepts; this is the client's side of it.
            "sha1" => HMACSHA1.HashData(key, data),
            "sha512" => HMACSHA512.HashData(key, data),
            _ => throw new ScenarioException($"unknown algorithm {sign.Algo}"),
        });
    }
}

/// <summary>The whole answer, for tests that check more than the recording.</summary>
public sealed record RecordedAnswer(string Method, string Path, int Status, string? ContentType, string Body);
