namespace Garm.Data.Webhooks;

/// <summary>
/// The outcome of a webhook delivery, for operators who miss a job. Texts are cleaned by <c>DeliveryReport.Clean</c>. The table keeps
/// the last few hundred, of all nodes.
/// </summary>
public sealed class WebhookOutcome
{
    /// <summary>Rises with time, on one node.</summary>
    public long Id { get; set; }

    public DateTime ReceivedAt { get; set; }

    /// <summary>The forge's id of the delivery; empty for none.</summary>
    public string DeliveryId { get; set; } = "";

    /// <summary>The event's name, such as <c>workflow_job</c>; empty for none.</summary>
    public string Event { get; set; } = "";

    public string Action { get; set; } = "";

    public long? WorkflowJobId { get; set; }

    public string Entity { get; set; } = "";

    /// <summary><c>accepted</c>, <c>ignored</c> or <c>refused</c>.</summary>
    public string Outcome { get; set; } = "";

    /// <summary>One of <c>DeliveryReasons</c>; empty for an accepted one.</summary>
    public string Reason { get; set; } = "";

    public string Details { get; set; } = "";

    /// <summary>The status of the answer.</summary>
    public int Status { get; set; }
}
