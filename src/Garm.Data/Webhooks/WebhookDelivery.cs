namespace Garm.Data.Webhooks;

/// <summary>A webhook delivery that was accepted: receiving it again changes nothing.</summary>
internal sealed class WebhookDelivery
{
    /// <summary>Rises with time.</summary>
    public long Id { get; set; }

    /// <summary>The forge's id of the delivery; unique.</summary>
    public string DeliveryId { get; set; } = "";

    public DateTime ReceivedAt { get; set; }

    /// <summary>False between its first commit, which records the job, and its last; a delivery that was interrupted between them continues there.</summary>
    public bool IsDone { get; set; }

    /// <summary>The forge's number of the job whose end it reported; null for none. Later deliveries about that job are late.</summary>
    public long? EndedJobId { get; set; }

    /// <summary>When that job ended, according to the forge; null when it was not reported. An action that began later belongs to another attempt.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Base URL of that job's forge; null for none.</summary>
    public string? ForgeUrl { get; set; }
}
