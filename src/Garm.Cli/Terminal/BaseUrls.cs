using System.Net;
using Garm.Client;
using Garm.Client.Api;

namespace Garm.Cli.Terminal;

/// <summary>What people write where a hub's base URL is wanted, and what they most likely meant.</summary>
internal static class BaseUrls
{
    // What browsers and examples show after the base URL.
    private static readonly string[] HubPaths = ["/api", "/ui", "/docs", "/openapi", "/webhooks", "/schemas", "/healthz", "/readyz", "/metrics"];

    /// <summary>One line about a path that belongs to the hub and not to its base URL; null when there is none.</summary>
    public static string? Complaint(Uri address)
    {
        var path = address.AbsolutePath;
        var start = HubPaths.Select(x => IndexOf(path, x)).Where(x => x >= 0).DefaultIfEmpty(-1).Min();
        if (start < 0) return null;
        var meant = new UriBuilder(address) { Path = path[..start] }.Uri.AbsoluteUri.TrimEnd('/');
        return $"'{address.AbsoluteUri}' has the path '{path[start..]}', which belongs to no base URL; try {meant}";
    }

    /// <summary>Whether something else than a hub has answered.</summary>
    public static bool IsNoHub(ApiError error) => error.Status == HttpStatusCode.NotFound || (int)error.Status is >= 200 and < 400;

    /// <summary>Adds what to look at when something else than a hub has answered.</summary>
    public static string WithHint(string text, Uri address) => address.AbsolutePath is "/" or ""
        ? $"{text}; is there a hub at {HubAddress.Under(address, "")}?"
        : $"{text}; is the path '{address.AbsolutePath}' right? The base URL of most hubs has none: {address.GetLeftPart(UriPartial.Authority)}";

    private static int IndexOf(string path, string part)
    {
        var at = path.IndexOf(part, StringComparison.Ordinal);
        return at >= 0 && (path.Length == at + part.Length || path[at + part.Length] == '/') ? at : -1;
    }
}
