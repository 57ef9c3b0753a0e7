namespace Garm.Client.Api;

/// <summary>The administrator that the first run makes.</summary>
/// <param name="Username">Letters and digits only.</param>
/// <param name="Email">A mail address.</param>
/// <param name="Password">A strong one: the server refuses what is easily guessed.</param>
/// <param name="FullName">Optional.</param>
public sealed record NewUser(string Username, string Email, string Password, string? FullName = null)
{
    /// <summary>Without the password, so that no log gets it by accident.</summary>
    public override string ToString() => $"{nameof(NewUser)} {Username} <{Email}>";
}

/// <summary>A user as the server shows it.</summary>
public sealed record UserInfo(string Id, string Username, string Email, string? FullName, bool Enabled, bool IsAdmin);

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
/// <param name="MetadataUrl">Where runners fetch their metadata.</param>
/// <param name="CallbackUrl">Where runners report their status.</param>
/// <param name="WebhookUrl">The base of the URL that forges send webhooks to.</param>
/// <param name="AgentUrl">Where agents connect; the server infers it from the callback URL when it is not set.</param>
public sealed record ControllerUpdate(
    string? MetadataUrl = null,
    string? CallbackUrl = null,
    string? WebhookUrl = null,
    string? AgentUrl = null);

internal sealed record LoginRequest(string Username, string Password);

internal sealed record LoginAnswer(string? Token);

internal sealed record ErrorBody(string? Error, string? Details);
