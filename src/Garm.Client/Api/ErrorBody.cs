namespace Garm.Client.Api;

internal sealed record ErrorBody(string? Error, string? Details);
