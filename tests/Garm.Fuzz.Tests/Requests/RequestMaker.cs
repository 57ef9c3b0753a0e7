using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Garm.Fuzz.Tests.Support;

namespace Garm.Fuzz.Tests.Requests;

/// <summary>A request as bytes.</summary>
/// <param name="Operation">Its operation.</param>
/// <param name="Bytes">The whole request.</param>
/// <param name="EndsEarly">Whether fewer bytes than announced are sent before the connection is closed.</param>
/// <param name="MayGoUnanswered">Whether the server may close the connection before it has read everything, so that the answer is lost.</param>
internal sealed record FuzzedRequest(ApiOperation Operation, byte[] Bytes, bool EndsEarly, bool MayGoUnanswered)
{
    /// <summary>As text; non-printable characters are escaped.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var b in Bytes.Take(6000)) text.Append(b is (>= 32 and < 127) or 10 or 13 ? $"{(char)b}" : $"\\x{b:x2}");
        return text.ToString();
    }
}

/// <summary>Generates requests from the API's description.</summary>
internal sealed class RequestMaker(JsonObject description, Knowledge knowledge, string host, string token)
{
    // Kestrel's limits of a request line and of headers.
    private const int LongestHead = 8_000;

    private readonly IReadOnlyList<ApiOperation> _operations = ApiOperation.ReadAll(description);
    private readonly BodyMaker _bodies = new(description, knowledge);

    public FuzzedRequest Make(Random chances)
    {
        var operation = _operations[chances.Next(_operations.Count)];
        var isWebhook = operation.Path.StartsWith("/webhooks", StringComparison.Ordinal);
        var body = operation switch
        {
            _ when isWebhook => Deliveries.Body(knowledge, chances),
            { Body: { } schema } => _bodies.Make(schema, chances),
            { TakesBytes: true } => Hostile.Bytes(chances, 5000),
            _ => chances.Next(20) == 0 ? Hostile.Bytes(chances, 50) : null,
        };
        var head = new StringBuilder($"{MethodOf(operation, chances)} {TargetOf(operation, chances)} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
        head.Append(AuthorizationOf(chances));
        if (isWebhook) foreach (var header in Deliveries.Headers(body!, chances)) head.Append(header).Append("\r\n");
        else AppendHeaders(head, operation, chances);

        var length = body?.Length ?? 0;
        var isBroken = false;
        if (body is not null)
        {
            if (chances.Next(30) == 0) (length, isBroken) = (length + chances.Next(1, 50), true);
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {(chances.Next(15) == 0 ? "text/plain" : "application/json")}\r\n");
            if (chances.Next(40) == 0) (_, isBroken) = (head.Append("Transfer-Encoding: chunked\r\n"), true);
            else head.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");
        }

        head.Append("\r\n");
        return new FuzzedRequest(operation, [.. Encoding.Latin1.GetBytes(head.ToString()), .. body ?? []], isBroken, isBroken || head.Length > LongestHead);
    }

    private static string MethodOf(ApiOperation operation, Random chances) => chances.Next(60) == 0
        ? new[] { "PATCH", "OPTIONS", "HEAD", "TRACE", "FOO" }[chances.Next(5)]
        : operation.Method;

    private string TargetOf(ApiOperation operation, Random chances)
    {
        var segments = operation.Path.Split('/');
        for (var i = 1; i < segments.Length; i++)
        {
            if (!segments[i].StartsWith('{')) continue;
            segments[i] = chances.Next(6) == 0 ? Hostile.Segment(chances) : Known(segments[i - 1], segments[i].Trim('{', '}'), chances);
        }

        var query = operation.Parameters.Where(x => x.In == "query" && chances.Next(3) > 0).Select(x => $"{x.Name}={QueryValue(x, chances)}").ToList();
        if (chances.Next(25) == 0) query.Add($"{Hostile.Segment(chances)}={Hostile.Segment(chances)}");
        return string.Join('/', segments) + (query.Count == 0 ? "" : $"?{string.Join('&', query)}");
    }

    private string Known(string subject, string parameter, Random chances)
    {
        var field = parameter.EndsWith("name", StringComparison.OrdinalIgnoreCase) ? "name" : "id";
        return knowledge.Pick(subject, field, chances) is { } known ? Uri.EscapeDataString(known)
            : chances.Next(2) == 0 ? $"{chances.Next(20)}" : $"{new Guid(chances.Next(), 0, 0, new byte[8])}";
    }

    private static string QueryValue(ApiParameter parameter, Random chances)
    {
        if (parameter.Name == "filter" && chances.Next(4) > 0)
            return string.Concat(Sockets.MessageMaker.Make(chances).Take(3000).Select(x => $"%{x:x2}"));
        if (chances.Next(3) == 0) return Hostile.Segment(chances);
        return parameter.IsNumber ? $"{chances.Next(30)}" : new[] { "earliest", "now", "true", "linux", "github", "a" }[chances.Next(6)];
    }

    private string AuthorizationOf(Random chances) => chances.Next(25) switch
    {
        0 => "",
        1 => $"Authorization: Bearer {token[..^1]}\r\n",
        2 => $"Authorization: {new[] { "Bearer", "Bearer ", "Basic YTpi", "Bearer a.b.c", "Bearer \u00ff", "Bearer ..", $"bearer {token}" }[chances.Next(7)]}\r\n",
        3 => $"Cookie: garm_token={token}\r\n",
        _ => $"Authorization: Bearer {token}\r\n",
    };

    private static void AppendHeaders(StringBuilder head, ApiOperation operation, Random chances)
    {
        foreach (var header in operation.Parameters.Where(x => x.In == "header" && chances.Next(5) > 0))
        {
            var value = chances.Next(4) == 0
                ? new[] { "", "\u00ff", "\u00c3\u00a9", new string('x', 3000), "a,b,,c", "a\tb", "linux" }[chances.Next(7)]
                : header.Name switch { "X-Tool-OS-Type" => "linux", "X-Tool-OS-Arch" => "amd64", _ => $"v{chances.Next(30)}" };
            head.Append(CultureInfo.InvariantCulture, $"{header.Name}: {value}\r\n");
        }
    }
}
