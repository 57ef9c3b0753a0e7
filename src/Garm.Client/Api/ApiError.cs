using System.Net;
using System.Text.Json;

namespace Garm.Client.Api;

/// <summary>The answer to a refused request.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Error">The <c>error</c> of the JSON body, the body itself if it is short text, or the status' name.</param>
/// <param name="Details">The <c>details</c> of the JSON body; empty if there are none.</param>
public sealed record ApiError(HttpStatusCode Status, string Error, string Details)
{
    /// <summary>The error of a server that has no administrator yet (status 409).</summary>
    public const string InitRequired = "init_required";

    /// <summary>The error of a server whose metadata or callback URL is not set (status 409).</summary>
    public const string UrlsRequired = "urls_required";

    // A hub's error body is short; a longer one is from another server.
    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxTextLength = 200;

    /// <summary>The error as one line for users.</summary>
    public override string ToString() =>
        Details == "" ? $"HTTP {(int)Status} {Error}" : $"HTTP {(int)Status} {Error}: {Details}";

    internal static async Task<ApiError> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            // .NET 8 has no overload with a token. An abandoned load ends when the caller disposes the response.
            await response.Content.LoadIntoBufferAsync(MaxBodyBytes).WaitAsync(cancellationToken).ConfigureAwait(false);
            return Parse(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (HttpRequestException)
        {
            return Parse(response.StatusCode, "");
        }
    }

    internal static ApiError Parse(HttpStatusCode status, string body)
    {
        try
        {
            var json = JsonSerializer.Deserialize(body, ClientJson.Default.ErrorBody);
            if (json is { Error: { Length: > 0 } error }) return new ApiError(status, error, json.Details ?? "");

            // Refusals of the hub's own routes (history, snapshots) have the format of the event socket's error frames.
            if (json is { Code: { Length: > 0 } code })
                return new ApiError(status, code, $"{json.Message}{(json.Earliest is null ? "" : $"; the earliest is {json.Earliest}")}");
        }
        catch (JsonException)
        {
            // Refusals of the event socket and of proxies are plain text.
        }

        var text = body.Trim();
        var isText = text.Length is > 0 and <= MaxTextLength && !text.StartsWith('<') && !text.Contains('\n');
        return new ApiError(status, isText ? text : status.ToString(), "");
    }
}
