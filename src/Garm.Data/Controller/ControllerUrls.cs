using Garm.Data.Values;

namespace Garm.Data.Controller;

/// <summary>The controller's derived URLs.</summary>
internal static class ControllerUrls
{
    /// <summary>
    /// The webhook URL with the controller's id at its path's end, before a query; the bare id while there is none, as GARM
    /// shows it.
    /// </summary>
    public static string WebhookOf(string webhookUrl, Guid controllerId)
    {
        if (webhookUrl.Length == 0) return controllerId.ToString("D");
        var pathEnd = webhookUrl.AsSpan().IndexOfAny('?', '#');
        var (address, rest) = pathEnd < 0 ? (webhookUrl, "") : (webhookUrl[..pathEnd], webhookUrl[pathEnd..]);
        return $"{address.TrimEnd('/')}/{controllerId:D}{rest}";
    }

    /// <summary>The agent URL, or what the callback URL implies: its scheme and host, and who may log in there not.</summary>
    public static string AgentOf(string agentUrl, string callbackUrl)
    {
        if (agentUrl.Length != 0 || GoUrl.Parse(callbackUrl) is not { Scheme.Length: > 0, Host.Length: > 0 } callback) return agentUrl;
        return $"{callback.Scheme}://{callback.Host}";
    }
}
