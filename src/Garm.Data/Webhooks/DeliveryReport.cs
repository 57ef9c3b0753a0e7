using System.Text;

namespace Garm.Data.Webhooks;

/// <summary>Why a delivery was not taken; tags of a metric, so that there are only these. The first three are GARM's.</summary>
public static class DeliveryReasons
{
    /// <summary>It belongs to no endpoint or no entity of this hub.</summary>
    public const string OwnerUnknown = "owner_unknown";

    /// <summary>The signature is missing, or was made with another secret.</summary>
    public const string SignatureInvalid = "signature_invalid";

    /// <summary>This hub failed.</summary>
    public const string Unknown = "unknown";

    /// <summary>It is not about a job.</summary>
    public const string EventIgnored = "event_ignored";

    /// <summary>The URL that it was sent to names another controller.</summary>
    public const string ControllerUnknown = "controller_unknown";

    /// <summary>A form, where JSON is read.</summary>
    public const string FormEncoded = "form_encoded";

    /// <summary>The body cannot be read: too long, no JSON, a field of the wrong type, no job in it.</summary>
    public const string PayloadInvalid = "payload_invalid";

    /// <summary>The header that says what the webhook is installed on, or the job's URL, makes no sense.</summary>
    public const string TargetInvalid = "target_invalid";

    /// <summary>The job has no labels, so that no pool can be meant.</summary>
    public const string NoLabels = "no_labels";

    /// <summary>The same delivery was taken before.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>No enabled pool has all of the job's labels, or the job was never queued here.</summary>
    public const string JobUnwanted = "job_unwanted";

    /// <summary>The job is further than the delivery says.</summary>
    public const string TransitionInvalid = "transition_invalid";

    /// <summary>Others wrote the same rows each time that it was tried.</summary>
    public const string Contended = "contended";
}

/// <summary>The outcome of a delivery; filled while it is processed, so that a refusal is reported with all that was known by then.</summary>
public sealed class DeliveryReport
{
    /// <summary>The longest text of an unauthenticated sender that is kept.</summary>
    public const int LongestText = 512;

    /// <summary><c>queued</c> and the like; empty until it is read.</summary>
    public string Action { get; internal set; } = "";

    /// <summary>The forge's number of the job; null until it is read.</summary>
    public long? WorkflowJobId { get; internal set; }

    /// <summary>What it belongs to, as the forge names it: <c>repository acme/site</c>.</summary>
    public string Entity { get; internal set; } = "";

    /// <summary>One of <see cref="DeliveryReasons"/>; empty for one that was taken.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The reason in words.</summary>
    public string Details { get; private set; } = "";

    /// <summary>The reason to report if the current step refuses the delivery.</summary>
    internal string IfRefused { get; set; } = DeliveryReasons.PayloadInvalid;

    /// <summary>It is answered with success and changes nothing.</summary>
    public void Ignored(string reason, string details) => (Reason, Details) = (reason, details);

    /// <summary>It is refused.</summary>
    public void Refused(GarmException refusal) => (Reason, Details) = (
        refusal.Kind == RefusalKind.Unprocessable ? DeliveryReasons.JobUnwanted
            : refusal.Kind == RefusalKind.Conflict ? DeliveryReasons.Contended
            : IfRefused,
        refusal.Message.Length > 0 ? refusal.Message : WordsOf(IfRefused));

    /// <summary>It is refused before anything of it is looked at.</summary>
    public void Refused(string reason, string details) => (Reason, Details) = (reason, details);

    /// <summary>
    /// An unauthenticated sender's text as it may be stored and logged: on one line, without what is no character, and not longer than
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
