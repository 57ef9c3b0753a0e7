using System.Text.RegularExpressions;

namespace Garm.Data.Values;

/// <summary>
/// Parses a URL as GARM's checks do: they accept relative references, which <see cref="Uri"/> would refuse or read as
/// file names.
/// </summary>
/// <param name="Scheme">Lower case; empty when the reference has none.</param>
/// <param name="Host">Host and port; empty when there is none.</param>
/// <param name="HasUserInfo">Whether it has <c>user@</c> before the host.</param>
internal sealed partial record GoUrl(string Scheme, string Host, bool HasUserInfo)
{
    /// <summary>Null when the text is not a URL: control characters, an invalid escape, a port that is not a number.</summary>
    public static GoUrl? Parse(string text)
    {
        if (text.Any(char.IsControl) || text.StartsWith(':') || BadEscape().IsMatch(text)) return null;
        var match = Parts().Match(text);
        if (!match.Success) return null;
        var authority = match.Groups["authority"].Value;
        var at = authority.LastIndexOf('@');
        var host = authority[(at + 1)..];
        if (host.Contains(' ') || (match.Groups["authority"].Success && !Host_().IsMatch(host))) return null;
        if (!match.Groups["scheme"].Success && FirstSegmentWithColon().IsMatch(text)) return null;
        return new GoUrl(match.Groups["scheme"].Value.ToLowerInvariant(), host, at >= 0);
    }

    /// <summary>Resolves the reference against <paramref name="other"/>.</summary>
    public GoUrl ResolveAgainst(GoUrl other)
    {
        if (Scheme.Length > 0) return this;
        return Host.Length > 0 || HasUserInfo ? this with { Scheme = other.Scheme } : other;
    }

    /// <summary>
    /// The refusal of a URL with a user name or password, because answers and logs contain URLs. It does not repeat the URL.
    /// </summary>
    public const string UserInfoRefusal = "a URL with a user name or password in it is not accepted; give it without \"user:password@\"";

    /// <summary>Whether it is absolute: the scheme http or https, and a host.</summary>
    public bool IsHttp => Scheme is "http" or "https" && Host.Length > 0;

    [GeneratedRegex(@"^(?:(?<scheme>[A-Za-z][A-Za-z0-9+.\-]*):)?(?://(?<authority>[^/?#]*))?", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();

    // This is neither a valid scheme nor a valid path.
    [GeneratedRegex(@"^[^/?#:]*:", RegexOptions.CultureInvariant)]
    private static partial Regex FirstSegmentWithColon();

    [GeneratedRegex(@"%(?![0-9A-Fa-f]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex BadEscape();

    [GeneratedRegex(@"^(\[[^\]]*\]|[^:\[\]]*)(:[0-9]*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Host_();
}
