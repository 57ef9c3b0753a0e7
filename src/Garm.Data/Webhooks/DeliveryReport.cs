using System.Text;

namespace Garm.Data.Webhooks;

/// <summary>Why a delivery was not accepted; the values of a metric's tag, so the set is closed. The first three are GARM's.</summary>
public static class DeliveryReasons
{
    /// <summary>It belongs to no endpoint or no entity of this hub.</summary>
    public const string OwnerUnknown = "owner_unknown";

    /// <summary>The signature is missing or wrong.</summary>
    public const string SignatureInvalid = "signature_invalid";

    /// <summary>The hub failed.</summary>
    public const string Unknown = "unknown";

    /// <summary>It is not about a job.</summary>
    public const string EventIgnored = "event_ignored";

    /// <summary>Its URL names another controller.</summary>
    public const string ControllerUnknown = "controller_unknown";

    /// <summary>The body is a form instead of JSON.</summary>
    public const string FormEncoded = "form_encoded";

    /// <summary>The body is too long, is not JSON, has a field of the wrong type, or contains no job.</summary>
    public const string PayloadInvalid = "payload_invalid";

    /// <summary>The header that says what the webhook is installed on, or the job's URL, is invalid.</summary>
    public const string TargetInvalid = "target_invalid";

    /// <summary>The job has no labels, so no pool can match.</summary>
    public const string NoLabels = "no_labels";

    /// <summary>The same delivery was accepted before.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>No enabled pool has all of the job's labels, or the job was never queued here.</summary>
    public const string JobUnwanted = "job_unwanted";

    /// <summary>The job is in a later state than the delivery says.</summary>
    public const string TransitionInvalid = "transition_invalid";

    /// <summary>Other writes changed the same rows at every attempt.</summary>
    public const string Contended = "contended";
}

/// <summary>The outcome of a delivery. It is filled during the processing, so that a refusal is reported with all that is known by then.</summary>
public sealed class DeliveryReport
{
    /// <summary>The maximum length of stored texts from an unauthenticated sender.</summary>
    public const int LongestText = 512;

    /// <summary><c>queued</c>, for example; empty until it is read.</summary>
    public string Action { get; internal set; } = "";

    /// <summary>The forge's number of the job; null until it is read.</summary>
    public long? WorkflowJobId { get; internal set; }

    /// <summary>The entity, as the forge names it: <c>repository acme/site</c>.</summary>
    public string Entity { get; internal set; } = "";

    /// <summary>One of <see cref="DeliveryReasons"/>; empty for an accepted delivery.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The reason as a sentence.</summary>
    public string Details { get; private set; } = "";

    /// <summary>The reason to report if the current step refuses the delivery.</summary>
    internal string IfRefused { get; set; } = DeliveryReasons.PayloadInvalid;

    /// <summary>The delivery is answered with success and changes nothing.</summary>
    public void Ignored(string reason, string details) => (Reason, Details) = (reason, details);

    /// <summary>The delivery is refused.</summary>
    public void Refused(GarmException refusal) => (Reason, Details) = (
        refusal.Kind == RefusalKind.Unprocessable ? DeliveryReasons.JobUnwanted
            : refusal.Kind == RefusalKind.Conflict ? DeliveryReasons.Contended
            : IfRefused,
        refusal.Message.Length > 0 ? refusal.Message : WordsOf(IfRefused));

    /// <summary>The delivery is refused before it is read.</summary>
    public void Refused(string reason, string details) => (Reason, Details) = (reason, details);

    /// <summary>
    /// An unauthenticated sender's text, made safe to be stored and logged: on one line, without invalid characters, and not longer than
    /// <see cref="LongestText"/>.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > LongestText) break;
            if (Rune.IsControl(rune)) clean.Append('\uFFFD');
            else clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    private static string WordsOf(string reason) => reason == DeliveryReasons.SignatureInvalid
        ? "the signature in X-Hub-Signature-256 is missing or was not made with the entity's webhook secret"
        : "";
}
