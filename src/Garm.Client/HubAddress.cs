namespace Garm.Client;

/// <summary>The hub's base URL and the URLs under it. A path in the base URL (behind a proxy) is kept.</summary>
public static class HubAddress
{
    /// <summary>Parses a base URL: absolute, http or https, without query, fragment or a user name; a slash at the end is dropped.</summary>
    public static bool TryParse(string? text, out Uri address)
    {
        address = null!;
        if (!Uri.TryCreate(text?.Trim().TrimEnd('/'), UriKind.Absolute, out var uri)) return false;
        if (uri.Scheme is not ("http" or "https") || uri.Query != "" || uri.Fragment != "" || uri.UserInfo != "") return false;
        address = uri;
        return true;
    }

    /// <summary>The URL of a path under the base URL, as text: <c>Under(url, "webhooks")</c>.</summary>
    public static string Under(Uri address, string path) => address.AbsoluteUri.TrimEnd('/') + "/" + path;

    internal static Uri Rest(Uri address, string path) => new(Under(address, "api/v1/" + path));

    internal static Uri EventSocket(Uri address) =>
        new UriBuilder(Rest(address, "ws/events")) { Scheme = address.Scheme == "https" ? "wss" : "ws" }.Uri;
}
