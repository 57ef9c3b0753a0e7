using Garm.Contracts.Events;

namespace Garm.Log;

/// <summary>One change of one entity, as stored in the log and sent in events.</summary>
/// <param name="Position">Its place in the log.</param>
/// <param name="EntityType">The entity's type.</param>
/// <param name="Operation">What happened.</param>
/// <param name="EntityId">The entity's key as text: a UUID, a number, or an endpoint's name.</param>
/// <param name="Payload">
/// UTF-8 JSON. For a creation and an update, the entity as the REST API returns it, as of the commit. For a deletion, what
/// GARM sends: the whole last state, or only the identifying fields. Never a secret.
/// </param>
/// <param name="CommittedAt">When the transaction wrote its log rows, by the writing node's clock, UTC.</param>
public sealed record Change(
    LogPosition Position,
    EntityType EntityType,
    ChangeOperation Operation,
    string EntityId,
    ReadOnlyMemory<byte> Payload,
    DateTimeOffset CommittedAt)
{
    /// <summary>
    /// UTF-8 JSON: the plain fields (text, numbers, booleans) of an entity's last state, for a deletion whose payload
    /// leaves some of them out; otherwise empty. Filters compare with it; it is never sent. Like a payload it is
    /// built from the entity's view, so it contains no secret.
    /// </summary>
    public ReadOnlyMemory<byte> LastState { get; init; }

    /// <summary>
    /// UTF-8 JSON, for an update: the former values of the plain fields that changed; <c>null</c> for a field that was absent. Filters
    /// compare with it; it is never sent. Empty when it is not known because an older build wrote the change.
    /// </summary>
    public ReadOnlyMemory<byte> Before { get; init; }

    /// <summary>The name of the source that the entity is from; empty for the hub itself.</summary>
    public string Source { get; init; } = "";

    /// <summary>The chain after the commit of this change; all changes of a commit have the same.</summary>
    public LogChain Chain { get; init; }

    /// <summary>The chain at the place just before this change.</summary>
    public LogChain ChainBefore { get; init; }

    /// <summary>The fields that a filter's <c>match</c> compares.</summary>
    public ReadOnlyMemory<byte> MatchedState => LastState.IsEmpty ? Payload : LastState;

    /// <summary>The type and operation, by which filters without fields select.</summary>
    public EventKind Kind => new(EntityType, Operation);
}
