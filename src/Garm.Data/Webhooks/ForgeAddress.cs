namespace Garm.Data.Webhooks;

/// <summary>
/// A forge's address for comparisons: URLs are equal if they differ only in the host's case, in the scheme's default port, in slashes at
/// the end, or in how an internationalised name is written.
/// </summary>
internal sealed class ForgeAddress
{
    private readonly string _authority;
    private readonly string[] _path;

    private ForgeAddress(string authority, string[] path) => (_authority, _path) = (authority, path);

    /// <summary>The number of segments of its path: of two addresses that match a URL, the longer one wins.</summary>
    public int Depth => _path.Length;

    /// <summary>Parses an absolute http URL; null for anything else.</summary>
    public static ForgeAddress? Parse(string? text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0) return null;

        // IdnHost is lower case and in ASCII, as in DNS; the final dot of a full name is irrelevant.
        var host = uri.HostNameType == UriHostNameType.Dns ? uri.IdnHost.TrimEnd('.').ToLowerInvariant() : uri.IdnHost;
        return new ForgeAddress(
            $"{uri.Scheme}://{host}:{uri.Port}", uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Whether a URL is on this forge: the same scheme, host and port, under its path.</summary>
    public bool Holds(ForgeAddress other) =>
        _authority == other._authority && other._path.AsSpan().StartsWith(_path);
}
