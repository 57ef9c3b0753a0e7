using Microsoft.Extensions.Primitives;

namespace Garm.Host.WebSockets;

/// <summary>
/// The websocket subprotocols that a page offers, since a browser lets it set no header: <c>garm.events</c>, which is the one that
/// the hub speaks and names in its answer, and <c>garm.bearer.&lt;token&gt;</c>, which only carries the page's token. GARM knows
/// none, and answers as if none was offered.
/// </summary>
internal static class WebSocketSubprotocols
{
    /// <summary>What the hub speaks.</summary>
    public const string Events = "garm.events";

    /// <summary>What comes before a token.</summary>
    public const string BearerPrefix = "garm.bearer.";

    private const string WebSocket = "websocket";

    /// <summary>The subprotocol to name in the answer; null for none.</summary>
    public static string? Choose(IHeaderDictionary headers) => Offers(headers.SecWebSocketProtocol).Contains(Events) ? Events : null;

    /// <summary>The token that is offered with a request for a websocket; null for none, and when the hub's own is not offered.</summary>
    public static string? TokenOf(IHeaderDictionary headers)
    {
        if (!headers.Upgrade.ToString().Equals(WebSocket, StringComparison.OrdinalIgnoreCase)) return null;
        if (Choose(headers) is null) return null;
        var offer = Offers(headers.SecWebSocketProtocol).FirstOrDefault(x => x.StartsWith(BearerPrefix, StringComparison.Ordinal));
        return offer is not null && offer.Length > BearerPrefix.Length ? offer[BearerPrefix.Length..] : null;
    }

    private static IEnumerable<string> Offers(StringValues header) =>
        header.SelectMany(x => (x ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
