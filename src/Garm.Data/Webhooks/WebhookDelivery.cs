namespace Garm.Data.Webhooks;

/// <summary>A webhook delivery that was taken: the same one again changes nothing.</summary>
public sealed class WebhookDelivery
{
    /// <summary>Rising with the time.</summary>
    public long Id { get; set; }

    /// <summary>The forge's id of it; unique.</summary>
    public string DeliveryId { get; set; } = "";

    public DateTime ReceivedAt { get; set; }

    /// <summary>False between its first commit, which records the job, and its last: then it goes on where it was cut short.</summary>
    public bool IsDone { get; set; }

    /// <summary>The forge's number of the job whose end it told; null for none. What comes later of that job is late.</summary>
    public long? EndedJobId { get; set; }

    /// <summary>When that job ended, as the forge has it; null when it was not told. What began later is another attempt.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Base URL of that job's forge; null for none.</summary>
    public string? ForgeUrl { get; set; }
}
