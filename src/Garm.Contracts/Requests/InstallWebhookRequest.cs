using System.Text.Json.Serialization;

namespace Garm.Contracts.Requests;

/// <summary>How a webhook is to be installed at the forge.</summary>
public sealed record InstallWebhookRequest
{
    /// <summary><c>controller</c> or <c>direct</c>.</summary>
    [JsonPropertyName("webhook_endpoint_type")] public string? WebhookEndpointType { get; init; }

    [JsonPropertyName("insecure_ssl")] public bool? InsecureSsl { get; init; }
}
