namespace Garm.Golden.Scenarios;

/// <summary>The environment of the recording; its values are replaced by those of the server under test.</summary>
public sealed record Recording
{
    public string Server { get; init; } = "";

    public string BaseUrl { get; init; } = "";

    public string ForgeUrl { get; init; } = "";

    public string Username { get; init; } = "";

    /// <summary>Null if the server was not initialised yet.</summary>
    public string? ControllerId { get; init; }

    public string RunId { get; init; } = "";

    /// <summary>The recorded values of the random integers.</summary>
    public IReadOnlyDictionary<string, long> RandomInts { get; init; } = new Dictionary<string, long>();
}
