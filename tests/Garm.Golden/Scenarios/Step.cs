using System.Text.Json;

namespace Garm.Golden.Scenarios;

/// <summary>One step: a request, an operation on a named socket, or a pause.</summary>
public sealed record Step
{
    public string? Name { get; init; }

    public string? Note { get; init; }

    public RequestSpec? Request { get; init; }

    /// <summary>An operation on a named extra socket.</summary>
    public SocketSpec? Ws { get; init; }

    /// <summary>A pause.</summary>
    public int? SleepMs { get; init; }

    /// <summary>
    /// How long the recorder waited for background work of the original; without a pool manager there is none,
    /// so the replay ignores this value.
    /// </summary>
    public int? QuietMs { get; init; }

    /// <summary>Keeps only some elements of a listed answer.</summary>
    public SelectSpec? Select { get; init; }

    public ResponseSpec? Response { get; init; }

    /// <summary>The events that the step caused, as received by the socket for all events.</summary>
    public IReadOnlyList<JsonElement>? Events { get; init; }

    /// <summary>
    /// For each of <see cref="Events"/>: <c>request</c> or <c>background</c>; absent when all are <c>request</c>.
    /// </summary>
    public IReadOnlyList<string>? Causes { get; init; }

    /// <summary>The frames that the named sockets received during this step.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<JsonElement>> SocketEvents { get; init; } =
        new Dictionary<string, IReadOnlyList<JsonElement>>();

    /// <summary>The frames that an <c>expect</c> of a named socket waits for.</summary>
    public IReadOnlyList<ExpectedFrame>? Frames { get; init; }

    /// <summary>Variables to fill from the answer (<c>$…</c>) or the events (<c>@…</c>) of this step.</summary>
    public IReadOnlyDictionary<string, string> Captures { get; init; } = new Dictionary<string, string>();

    /// <summary>The name of this step in a report.</summary>
    public string Title => Name ?? (Request, Ws) switch
    {
        ({ } request, _) => $"{request.Method} {request.Path}",
        (_, { } socket) => $"ws {socket.Op} {socket.Socket}",
        _ => "pause",
    };
}

/// <summary>A request with its placeholders.</summary>
public sealed record RequestSpec
{
    public required string Method { get; init; }

    public required string Path { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Sent as JSON; undefined (not null) when there is none.</summary>
    public JsonElement Body { get; init; }

    /// <summary>Sent unchanged.</summary>
    public string? RawBody { get; init; }

    public SignSpec? Sign { get; init; }
}

/// <summary>Adds <c>X-Hub-Signature-256: algo=hex(HMAC(body))</c> to a request.</summary>
public sealed record SignSpec(string Algo, string Secret);

/// <summary>Keeps the elements of a listed answer whose <paramref name="Key"/> has one of the values.</summary>
public sealed record SelectSpec(string Key, IReadOnlyList<JsonElement> Values);

/// <summary>The recorded answer.</summary>
public sealed record ResponseSpec
{
    public required int Status { get; init; }

    public IReadOnlyDictionary<string, string?>? Headers { get; init; }

    /// <summary>Undefined when it was not recorded; a string when the answer was not JSON.</summary>
    public JsonElement Body { get; init; }
}
