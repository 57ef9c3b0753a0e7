namespace Garm.Data.Webhooks;

/// <summary>
/// Where a forge is, for comparing: URLs that differ in the host's case, in a port that the scheme has anyway, in slashes at the
/// end, or in how an internationalised name is written, are the same place.
/// </summary>
internal sealed class ForgeAddress
{
    private readonly string _authority;
    private readonly string[] _path;

    private ForgeAddress(string authority, string[] path) => (_authority, _path) = (authority, path);

    /// <summary>The number of segments of its path: of two addresses that contain a URL, the longer one counts.</summary>
    public int Depth => _path.Length;

    /// <summary>Reads an absolute http URL; null for anything else.</summary>
    public static ForgeAddress? Parse(string? text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0) return null;

        // IdnHost is lower case and in ASCII, the way DNS has the name; the last dot of a full name says nothing here.
        var host = uri.HostNameType == UriHostNameType.Dns ? uri.IdnHost.TrimEnd('.').ToLowerInvariant() : uri.IdnHost;
        return new ForgeAddress(
            $"{uri.Scheme}://{host}:{uri.Port}", uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Whether something is on this forge: the same scheme, host and port, under its path.</summary>
    public bool Holds(ForgeAddress other) =>
        _authority == other._authority && other._path.AsSpan().StartsWith(_path);
}
