using System.Net;

namespace Garm.Host.Fronts;

/// <summary>Compares what a request says in <c>Host</c> with the host names of the sources.</summary>
internal static class FrontHosts
{
    /// <summary>A source's host name in the form in which it is compared.</summary>
    public static string Normal(string host)
    {
        var (name, port) = Split(host);
        return name + port;
    }

    /// <summary>
    /// What a source's host name may be for the request: its host with the port, and then without. Without regard to case, to the dot at
    /// the end of a whole domain name, and to the ways to write an IPv6 address.
    /// </summary>
    /// <param name="host">The value of <c>Host</c>.</param>
    public static (string WithPort, string Name) Of(string host)
    {
        var (name, port) = Split(host);
        return (name + port, name);
    }

    private static (string Name, string Port) Split(string host)
    {
        var text = host.Trim().ToLowerInvariant();
        var end = text.StartsWith('[') ? text.IndexOf(']') + 1 : text.LastIndexOf(':');
        if (end <= 0) end = text.Length;
        var (name, port) = (text[..end].TrimEnd('.'), text[end..]);
        if (name.StartsWith('[') && IPAddress.TryParse(name.AsSpan(1, Math.Max(0, name.Length - 2)), out var address)) name = $"[{address}]";
        return (name, port == ":" ? "" : port);
    }
}
