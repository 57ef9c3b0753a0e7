using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Garm.Host.WebSockets;

/// <summary>The answer to a request to open a websocket.</summary>
/// <param name="Status">101, or the status of the refusal.</param>
/// <param name="Accept">The value of Sec-WebSocket-Accept when the status is 101.</param>
/// <param name="Subprotocol">The value of Sec-WebSocket-Protocol when the status is 101; null for no such header.</param>
internal readonly record struct HandshakeDecision(int Status, string? Accept, string? Subprotocol = null)
{
    /// <summary>Whether the connection may be upgraded.</summary>
    public bool IsAccepted => Status == StatusCodes.Status101SwitchingProtocols;
}

/// <summary>
/// The opening handshake of RFC 6455, section 4.2, as GARM answers it (recorded in <c>ws-handshake</c>): no extension is
/// negotiated, and no subprotocol except the one for pages (<see cref="WebSocketSubprotocols"/>).
/// </summary>
internal static class WebSocketHandshake
{
    private const string Version = "13";
    private const int KeyBytes = 16;

    /// <summary>The length of 16 bytes in base64. A longer key would contain spaces, which the decoder ignores.</summary>
    private const int KeyLength = 24;

    private static readonly byte[] AcceptSalt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8.ToArray();

    /// <summary>Decides about a request, which the server must be able to upgrade.</summary>
    public static HandshakeDecision Decide(HttpContext context, OriginPolicy origins)
    {
        var request = context.Request;
        var decision = Decide(request.Protocol, request.Headers, request.Host.Value ?? "", origins);
        return !decision.IsAccepted || context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            ? decision
            : Refused(StatusCodes.Status400BadRequest);
    }

    /// <summary>
    /// Decides about a request. The checks are in the order of GARM's library: first whether it is an upgrade, then the origin, then
    /// the key.
    /// </summary>
    /// <param name="protocol">The request's protocol, such as <c>HTTP/1.1</c>; HTTP/1.0 has no upgrade.</param>
    /// <param name="headers">The request's headers.</param>
    /// <param name="host">The Host header.</param>
    /// <param name="origins">Which pages may connect.</param>
    public static HandshakeDecision Decide(string protocol, IHeaderDictionary headers, string host, OriginPolicy origins)
    {
        if (!HttpProtocol.IsHttp11(protocol)
            || !HasToken(headers.Connection, "upgrade")
            || !HasToken(headers.Upgrade, "websocket")
            || !HasToken(headers.SecWebSocketVersion, Version))
        {
            return Refused(StatusCodes.Status400BadRequest);
        }

        var origin = headers.Origin.Count == 0 ? null : headers.Origin[0] ?? "";
        if (!origins.Allows(origin, host)) return Refused(StatusCodes.Status403Forbidden);

        var key = headers.SecWebSocketKey.Count == 0 ? null : headers.SecWebSocketKey[0];
        return IsKey(key)
            ? new HandshakeDecision(
                StatusCodes.Status101SwitchingProtocols, AcceptFor(key!), WebSocketSubprotocols.Choose(headers))
            : Refused(StatusCodes.Status400BadRequest);
    }

    /// <summary>The value of Sec-WebSocket-Accept for a key. It proves that the server speaks the protocol, and is not a secret.</summary>
    public static string AcceptFor(string key)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData([.. Encoding.ASCII.GetBytes(key), .. AcceptSalt], hash);
        return Convert.ToBase64String(hash);
    }

    /// <summary>Answers with 101; returns the connection's bytes.</summary>
    /// <param name="context">The request; its answer may not have started.</param>
    /// <param name="decision">The accepted handshake.</param>
    /// <exception cref="Exception">The client has disconnected, or the limit on upgraded connections is reached.</exception>
    public static Task<Stream> UpgradeAsync(HttpContext context, HandshakeDecision decision)
    {
        ConnectionGuard.LiftRequestLimits(context);
        SetHeaders(context.Response.Headers, decision);
        return context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    // Headers that the server's upgrade does not set.
    private static void SetHeaders(IHeaderDictionary headers, HandshakeDecision decision)
    {
        headers.Upgrade = "websocket";
        headers["Sec-WebSocket-Accept"] = decision.Accept;
        if (decision.Subprotocol is not null) headers.SecWebSocketProtocol = decision.Subprotocol;

        // GARM's 101 has no Date. Kestrel adds one unless there is a value, and writes no header for a value of null.
        headers.Date = new StringValues([null]);
    }

    /// <summary>Writes a refusal as Go's <c>http.Error</c> does: the status's name and a line feed.</summary>
    public static Task RefuseAsync(HttpResponse response, int status)
    {
        var body = ReasonPhrases.GetReasonPhrase(status) + "\n";
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = body.Length;
        if (status is StatusCodes.Status400BadRequest or StatusCodes.Status403Forbidden)
            response.Headers[HeaderNames.SecWebSocketVersion] = Version;
        return response.WriteAsync(body);
    }

    private static HandshakeDecision Refused(int status) => new(status, null);

    private static bool HasToken(StringValues values, string token)
    {
        foreach (var value in values)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                if (value.AsSpan(range).Trim(" \t").Equals(token, StringComparison.OrdinalIgnoreCase)) return true;
            }
        }

        return false;
    }

    private static bool IsKey(string? key)
    {
        if (key is not { Length: KeyLength }) return false;
        Span<byte> bytes = stackalloc byte[KeyBytes + 2];
        return Convert.TryFromBase64String(key, bytes, out var written) && written == KeyBytes;
    }
}
