using Microsoft.Extensions.Primitives;

namespace Garm.Host.WebSockets;

/// <summary>
/// The websocket subprotocols that a page in a browser, which cannot set headers, offers: <c>garm.events</c>, which the hub selects, and
/// <c>garm.bearer.&lt;token&gt;</c>, which only carries the page's token. GARM has no subprotocols.
/// </summary>
internal static class WebSocketSubprotocols
{
    /// <summary>The subprotocol that the hub selects.</summary>
    public const string Events = "garm.events";

    /// <summary>The prefix of an offer that carries a token.</summary>
    public const string BearerPrefix = "garm.bearer.";

    private const string WebSocket = "websocket";

    /// <summary>The subprotocol of the answer; null for none.</summary>
    public static string? Choose(IHeaderDictionary headers) => Offers(headers.SecWebSocketProtocol).Contains(Events) ? Events : null;

    /// <summary>The token of a websocket request's offers; null without one, and without an offer of <see cref="Events"/>.</summary>
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
