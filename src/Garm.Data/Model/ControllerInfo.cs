namespace Garm.Data.Model;

/// <summary>The controller's settings; one row.</summary>
public sealed class ControllerInfo : IWatchedEntity
{
    public Guid Id { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public long Version { get; set; }
    public string MetadataUrl { get; set; } = "";
    public string CallbackUrl { get; set; } = "";
    public string WebhookUrl { get; set; } = "";
    public string AgentUrl { get; set; } = "";
    public string AgentReleasesUrl { get; set; } = "";
    public bool EnableAgentToolsSync { get; set; }
    public string AgentVersion { get; set; } = "";
    public bool AllowInsecureAgent { get; set; }

    /// <summary>Seconds.</summary>
    public uint MinimumJobAgeBackoff { get; set; }

    /// <summary>PEM; null for none.</summary>
    public byte[]? CaCertBundle { get; set; }
}
