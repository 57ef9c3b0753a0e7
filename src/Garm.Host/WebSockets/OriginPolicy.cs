namespace Garm.Host.WebSockets;

/// <summary>
/// Decides whether a page may open a websocket or write with the cookie, by its origin. GARM compares the host part of the
/// Origin header with the Host header and refuses all others, including the opaque origin <c>null</c>; the configured origins are an
/// addition of this hub.
/// </summary>
/// <param name="allowedOrigins">
/// <c>Garm:Events:AllowedOrigins</c>: full origins such as <c>https://dash.example.com</c>, or <c>*</c> for all.
/// </param>
internal sealed class OriginPolicy(IReadOnlyCollection<string> allowedOrigins)
{
    private const string SchemeEnd = "://";

    /// <summary>Whether pages of any other host than the hub's own are allowed.</summary>
    public bool AllowsOthers { get; } = allowedOrigins.Count > 0;

    private readonly bool _any = allowedOrigins.Contains("*");

    private readonly HashSet<string> _allowed =
        new(allowedOrigins.Select(origin => origin.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the origin is the host itself or a configured one; true without an origin.</summary>
    /// <param name="origin">The Origin header; null when there is none, as in requests of programs.</param>
    /// <param name="host">The Host header.</param>
    public bool Allows(string? origin, string host)
    {
        if (origin is null) return true;
        var hostPart = HostPart(origin);
        if (hostPart.IsEmpty) return false;
        return hostPart.Equals(host, StringComparison.OrdinalIgnoreCase) || _any || _allowed.Contains(origin);
    }

    /// <summary>
    /// Host and port as written. <see cref="Uri"/> is not used because it omits a default port: for GARM, a Host header with
    /// <c>:80</c> and an origin without it differ.
    /// </summary>
    private static ReadOnlySpan<char> HostPart(string origin)
    {
        var scheme = origin.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (scheme <= 0) return [];
        var rest = origin.AsSpan(scheme + SchemeEnd.Length);
        var end = rest.IndexOfAny('/', '?', '#');
        if (end >= 0) rest = rest[..end];
        return rest[(rest.LastIndexOf('@') + 1)..];
    }
}
