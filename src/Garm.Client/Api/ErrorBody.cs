namespace Garm.Client.Api;

internal sealed record ErrorBody(string? Error, string? Details)
{
    // The fields of an error frame of the event socket.
    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? Earliest { get; init; }
}
