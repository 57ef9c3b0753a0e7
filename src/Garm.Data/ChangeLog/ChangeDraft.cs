using Garm.Contracts.Events;
using Garm.Data.Engines;
using Garm.Log;

namespace Garm.Data.ChangeLog;

/// <summary>A log row without its position.</summary>
internal sealed record ChangeDraft(EntityType EntityType, ChangeOperation Operation, string EntityId, byte[] Payload, byte[] LastState)
{
    /// <summary>See <see cref="Change.Before"/>; null when it is not known.</summary>
    public byte[]? Before { get; init; }

    /// <summary>See <see cref="LogRow.State"/>.</summary>
    public byte[]? State { get; init; }

    /// <summary>See <see cref="Change.Source"/>.</summary>
    public string Source { get; init; } = SourceNames.Hub;

    /// <summary>The key of the entity's state.</summary>
    public string Key => StateKeys.Of(Source, EntityId);
}
