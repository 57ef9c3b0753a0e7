using Garm.Data.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.States;

/// <summary>
/// A row of <c>entity_states</c>: an entity as its last event showed it. The table is the compacted change log: it is written in the
/// transaction of each change, and snapshots are read from it.
/// </summary>
internal sealed class CurrentState
{
    /// <summary>The wire name.</summary>
    public string EntityType { get; init; } = "";

    /// <summary>Source and id in one text; see <see cref="StateKeys"/>.</summary>
    public string Key { get; init; } = "";

    /// <summary>The name of the entity's source; empty for the hub itself.</summary>
    public string Source { get; init; } = "";

    /// <summary>As in the log.</summary>
    public string EntityId { get; init; } = "";

    /// <summary>The position of the entity's last change; for an entity that is older than the table, the log's end when the table was filled.</summary>
    public long Position { get; init; }

    /// <summary>The position of the entity's creation; 0 for an entity that is older than the table.</summary>
    public long CreatedPosition { get; init; }

    /// <summary>JSON: the payload of that change.</summary>
    public string Payload { get; init; } = "";
}

internal sealed class CurrentStateConfiguration : IEntityTypeConfiguration<CurrentState>
{
    public void Configure(EntityTypeBuilder<CurrentState> builder)
    {
        builder.ToTable("entity_states");
        builder.HasKey(x => new { x.EntityType, x.Key });
        builder.Property(x => x.EntityType).HasMaxLength(32);
        builder.Property(x => x.Key).HasMaxLength(StateKeys.MostLength);
        builder.Property(x => x.Source).HasMaxLength(64);
        builder.Property(x => x.Payload).HasMaxLength(-1);
    }
}
