using System.Net;
using Garm.Client.Api;
using Garm.Client.Events;

namespace Garm.Cli.Terminal;

/// <summary>Turns a server's refusal into one line that names the command to try next.</summary>
internal static class Refusals
{
    public static string Describe(ApiError error) => WithHint($"the server refused: {error}", error);

    public static string Describe(EventStreamEnd end) =>
        end is EventStreamEnd.HandshakeRefused refused ? WithHint(refused.Message, refused.Error) : end.Message;

    private static string WithHint(string text, ApiError error)
    {
        var hint = (error.Status, error.Error) switch
        {
            (HttpStatusCode.Unauthorized, _) => "run 'garmctl login'",
            (HttpStatusCode.Conflict, ApiError.InitRequired) => "run 'garmctl init'",
            (HttpStatusCode.Conflict, ApiError.UrlsRequired) => "run 'garmctl controller update'",
            _ => null,
        };
        return hint is null ? text : $"{text}; {hint}";
    }
}
