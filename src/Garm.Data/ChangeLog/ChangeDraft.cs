using Garm.Contracts.Events;

namespace Garm.Data.ChangeLog;

/// <summary>A log row without its place.</summary>
internal sealed record ChangeDraft(EntityType EntityType, ChangeOperation Operation, string EntityId, byte[] Payload, byte[] LastState);
