namespace Garm.Host.Events;

/// <summary>
/// Decides whether a page of some origin may open the event socket. GARM compares the host part of the Origin header with
/// the Host header and refuses the rest, <c>null</c> too (PROTOCOL: opening the socket); configured origins are ours.
/// </summary>
public sealed class OriginPolicy(IReadOnlyCollection<string> allowedOrigins)
{
    private const string SchemeEnd = "://";

    private readonly bool _any = allowedOrigins.Contains("*");

    private readonly HashSet<string> _allowed =
        new(allowedOrigins.Select(origin => origin.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    /// <summary>Decides.</summary>
    /// <param name="origin">The Origin header; null when there is none, as clients that are no browsers do it.</param>
    /// <param name="host">The Host header.</param>
    public bool Allows(string? origin, string host)
    {
        if (origin is null) return true;
        var hostPart = HostPart(origin);
        if (hostPart.IsEmpty) return false;
        return hostPart.Equals(host, StringComparison.OrdinalIgnoreCase) || _any || _allowed.Contains(origin);
    }

    /// <summary>
    /// Host and port as they are written. Not <see cref="Uri"/>, which leaves out a default port: a Host header with
    /// <c>:80</c> and an origin without it differ for GARM.
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
