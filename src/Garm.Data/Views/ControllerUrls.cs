namespace Garm.Data.Views;

/// <summary>The controller's derived URLs.</summary>
public static class ControllerUrls
{
    /// <summary>The webhook URL with the controller's id behind it; the bare id while there is none, as GARM shows it.</summary>
    public static string WebhookOf(string webhookUrl, Guid controllerId) =>
        webhookUrl.Length == 0 ? controllerId.ToString("D") : $"{webhookUrl.TrimEnd('/')}/{controllerId:D}";

    /// <summary>The agent URL, or what the callback URL implies: its scheme and host.</summary>
    public static string AgentOf(string agentUrl, string callbackUrl)
    {
        if (agentUrl.Length != 0 || !Uri.TryCreate(callbackUrl, UriKind.Absolute, out var callback)) return agentUrl;
        return callback.GetLeftPart(UriPartial.Authority);
    }
}
