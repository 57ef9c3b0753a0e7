using Garm.Contracts.Events;

namespace Garm.Log;

/// <summary>One change of one entity, as the log holds it and every event carries it.</summary>
/// <param name="Position">Its place in the log.</param>
/// <param name="EntityType">The entity's type.</param>
/// <param name="Operation">What happened.</param>
/// <param name="EntityId">The entity's key as text: a UUID, a number, or an endpoint's name.</param>
/// <param name="Payload">
/// UTF-8 JSON. For a creation and an update the entity as the REST API returns it, as of the commit. For a deletion what
/// GARM sends: the whole last state, or only what identifies the entity. Never a secret.
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
    /// UTF-8 JSON: the plain fields (text, numbers, truth values) of an entity's last state, for a deletion whose payload
    /// leaves some of them out; empty otherwise. It is what filters compare with and is never sent. Like a payload it is
    /// made of the entity's view, and so holds no secret.
    /// </summary>
    public ReadOnlyMemory<byte> LastState { get; init; }

    /// <summary>Of the log up to the commit of this change, which counts for each place inside the commit too.</summary>
    public LogChain Chain { get; init; }

    /// <summary>Of the place just before this change.</summary>
    public LogChain ChainBefore { get; init; }

    /// <summary>What a filter's <c>match</c> compares with.</summary>
    public ReadOnlyMemory<byte> MatchedState => LastState.IsEmpty ? Payload : LastState;

    /// <summary>What a plain filter chooses by.</summary>
    public EventKind Kind => new(EntityType, Operation);
}
