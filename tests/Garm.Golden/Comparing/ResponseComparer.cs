using System.Text.Json;
using Garm.Golden.Scenarios;

namespace Garm.Golden.Comparing;

/// <summary>Compares an answer: its status, the essence of its content type, its body.</summary>
internal static class ResponseComparer
{
    public static IEnumerable<string> Differences(Comparer comparer, ResponseSpec expected, Answer actual, string kind)
    {
        // The bodies of different statuses are unrelated; comparing them would only add noise.
        if (expected.Status != actual.Status)
            return [$"status: expected {expected.Status}, got {actual.Status} ({Json.Show(actual.Body)})"];

        var found = new List<string>();
        if (expected.Headers is { } headers)
        {
            var wanted = headers.GetValueOrDefault("content-type");
            if (Essence(wanted) != Essence(actual.ContentType))
                found.Add($"content-type: expected {wanted ?? "none"}, got {actual.ContentType ?? "none"}");
        }

        if (expected.Body.ValueKind != JsonValueKind.Undefined)
            found.AddRange(comparer.Differences(Trimmed(expected.Body), Trimmed(actual.Body), kind, "body"));
        return found;
    }

    private static string Essence(string? contentType) =>
        (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    private static JsonElement Trimmed(JsonElement body) =>
        body.ValueKind == JsonValueKind.String ? Json.FromText(body.GetString()!.TrimEnd()) : body;
}

/// <summary>The answer to a request or a handshake.</summary>
internal sealed record Answer(int Status, string? ContentType, JsonElement Body);
