namespace Garm.Client.Api;

/// <summary>The controller's settings as the server shows them; a URL that is not set is null.</summary>
public sealed record ControllerInfo(
    string ControllerId,
    string? Hostname,
    string? MetadataUrl,
    string? CallbackUrl,
    string? WebhookUrl,
    string? ControllerWebhookUrl,
    string? AgentUrl,
    string? Version);

/// <summary>New values for the controller; null leaves a value as it is.</summary>
/// <param name="MetadataUrl">The URL at which runners fetch their metadata.</param>
/// <param name="CallbackUrl">The URL to which runners report their status.</param>
/// <param name="WebhookUrl">The base of the URL to which forges send webhooks.</param>
/// <param name="AgentUrl">The URL to which agents connect; the server derives it from the callback URL when it is not set.</param>
public sealed record ControllerUpdate(
    string? MetadataUrl = null,
    string? CallbackUrl = null,
    string? WebhookUrl = null,
    string? AgentUrl = null);
