using Garm.Data.Values;

namespace Garm.Data.Owners;

/// <summary>Parses the ids in paths, with GARM's refusals.</summary>
internal static class EntityIds
{
    /// <summary>The id of an entity that GARM looks up itself.</summary>
    public static Guid Parse(EntityTraits traits, string text, string failed) =>
        GoUuid.TryParse(text, out var id, out var error)
            ? id
            : throw Refusal(failed, traits.ExplainsBadId ? error : "invalid request");

    /// <summary>The id of a pool, or of an entity that is only a reference.</summary>
    public static Guid Parse(string text, string failed) =>
        GoUuid.TryParse(text, out var id, out _) ? id : throw Refusal(failed, "invalid request");

    private static GarmException Refusal(string failed, string reason) =>
        GarmException.BadRequest($"{failed}: error parsing id: {reason}");
}
