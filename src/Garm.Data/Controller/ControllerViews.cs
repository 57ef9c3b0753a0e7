using Garm.Contracts.Entities;
using Garm.Data.Model;
using static Garm.Data.Values.ViewValues;

namespace Garm.Data.Controller;

/// <summary>The controller's view in the REST API and in events.</summary>
internal static class ControllerViews
{
    /// <summary>The controller's settings, without the answering node's host name.</summary>
    public static ControllerView ToView(this ControllerInfo controller, string version) => new()
    {
        ControllerId = controller.Id.ToString("D"),
        MetadataUrl = OrNull(controller.MetadataUrl),
        CallbackUrl = OrNull(controller.CallbackUrl),
        WebhookUrl = OrNull(controller.WebhookUrl),
        ControllerWebhookUrl = ControllerUrls.WebhookOf(controller.WebhookUrl, controller.Id),
        AgentUrl = OrNull(ControllerUrls.AgentOf(controller.AgentUrl, controller.CallbackUrl)),
        AgentReleasesUrl = OrNull(controller.AgentReleasesUrl),
        EnableAgentToolsSync = controller.EnableAgentToolsSync,
        AgentVersion = controller.AgentVersion,
        AllowInsecureAgent = controller.AllowInsecureAgent,
        MinimumJobAgeBackoff = controller.MinimumJobAgeBackoff,
        Version = version,
        CaCertBundle = controller.CaCertBundle,
    };
}
