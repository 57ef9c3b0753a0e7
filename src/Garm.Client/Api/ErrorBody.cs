namespace Garm.Client.Api;

internal sealed record ErrorBody(string? Error, string? Details)
{
    // Of an error as the event socket has it.
    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? Earliest { get; init; }
}
