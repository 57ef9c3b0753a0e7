using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Garm.Golden.Running;

namespace Garm.Host.Tests.Description;

/// <summary>The API's description as a host serves it, and validation of answers against it.</summary>
internal sealed class ApiDocument
{
    public const string Path = "/openapi/v1.json";

    private static readonly ConcurrentDictionary<string, ApiDocument> Known = new();

    private readonly ConcurrentDictionary<string, StrictSchema> _schemas = new();
    private readonly List<DescribedRoute> _routes;
    private readonly JsonNode _definitions;

    private ApiDocument(string text)
    {
        Text = text;
        // JSON Schema's own key for definitions.
        var root = JsonNode.Parse(text.Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!;
        _definitions = root["components"]!["schemas"]!;
        _routes = [.. root["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Select(operation => new DescribedRoute(operation.Key.ToUpperInvariant(), path.Key, operation.Value!)))];
    }

    public string Text { get; }

    public IReadOnlyList<DescribedRoute> Routes => _routes;

    /// <summary>The document of a host; hosts of one build serve the same, so it is parsed once.</summary>
    public static async Task<ApiDocument> ReadAsync(Uri baseUrl)
    {
        using var client = new HttpClient { BaseAddress = baseUrl };
        return Known.GetOrAdd(await client.GetStringAsync(Path), text => new ApiDocument(text));
    }

    /// <summary>What is wrong with an answer of 2xx, or with a described error.</summary>
    public IEnumerable<string> Problems(RecordedAnswer answer)
    {
        if (answer.Status is < 200 or > 299 || !answer.Path.StartsWith("/api/", StringComparison.Ordinal)) yield break;
        var name = $"{answer.Method} {answer.Path} {answer.Status}";
        if (Find(answer.Method, answer.Path) is not { } route)
        {
            yield return $"{name}: no such route is described";
            yield break;
        }

        if (route.Operation["responses"]![$"{answer.Status}"] is not { } response)
        {
            yield return $"{name}: no such status is described";
            yield break;
        }

        var media = response["content"]?.AsObject();
        if (answer.Body.Length == 0 || answer.Method == "HEAD")
        {
            if (media is { Count: > 0 } && answer.Method != "HEAD" && media.ContainsKey("application/json"))
                yield return $"{name}: a body is described, and there is none";
            yield break;
        }

        if (media is null or { Count: 0 })
        {
            yield return $"{name}: no body is described, and there is one: {answer.Body}";
            yield break;
        }

        if (media["application/json"]?["schema"] is { } schema && SchemaOf(schema).Problem(answer.Body) is { } problem)
            yield return $"{name}: {problem}";
    }

    /// <summary>The route that serves a path; a literal segment takes precedence over a parameter.</summary>
    public DescribedRoute? Find(string method, string path) => _routes
        .Where(x => x.Method == method && x.Matches(path))
        .OrderBy(x => x.Path.Count(c => c == '{'))
        .FirstOrDefault();

    /// <summary>What is wrong with an example of a described body; null when nothing is.</summary>
    public string? ProblemOf(JsonNode schema, JsonNode example) => SchemaOf(schema).Problem(example.ToJsonString());

    private StrictSchema SchemaOf(JsonNode schema) =>
        _schemas.GetOrAdd(schema.ToJsonString(), _ => new StrictSchema(schema, _definitions));
}

/// <summary>A route in the description.</summary>
internal sealed record DescribedRoute(string Method, string Path, JsonNode Operation)
{
    private readonly string[] _segments = Path.Split('/');

    public bool Matches(string path)
    {
        var segments = path.TrimEnd('/').Split('/');
        return segments.Length == _segments.Length
            && segments.Zip(_segments).All(x => x.Second.StartsWith('{') ? x.First.Length > 0 : x.First == x.Second);
    }
}
