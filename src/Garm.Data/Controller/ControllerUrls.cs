using Garm.Data.Values;

namespace Garm.Data.Controller;

/// <summary>The controller's derived URLs.</summary>
internal static class ControllerUrls
{
    /// <summary>
    /// The webhook URL with the controller's id at the end of its path, before the query; only the id while there is no URL, as in
    /// GARM.
    /// </summary>
    public static string WebhookOf(string webhookUrl, Guid controllerId)
    {
        if (webhookUrl.Length == 0) return controllerId.ToString("D");
        var pathEnd = webhookUrl.AsSpan().IndexOfAny('?', '#');
        var (address, rest) = pathEnd < 0 ? (webhookUrl, "") : (webhookUrl[..pathEnd], webhookUrl[pathEnd..]);
        return $"{address.TrimEnd('/')}/{controllerId:D}{rest}";
    }

    /// <summary>The agent URL; by default the scheme and host of the callback URL, without user information.</summary>
    public static string AgentOf(string agentUrl, string callbackUrl)
    {
        if (agentUrl.Length != 0 || GoUrl.Parse(callbackUrl) is not { Scheme.Length: > 0, Host.Length: > 0 } callback) return agentUrl;
        return $"{callback.Scheme}://{callback.Host}";
    }
}
