using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.States;

/// <summary>A row of <c>snapshot_holds</c>: retention keeps the changes after a position while a node sends snapshots as of it.</summary>
internal sealed class SnapshotHold
{
    /// <summary>Identifies the process.</summary>
    public string Holder { get; init; } = "";

    /// <summary>The position.</summary>
    public long Position { get; init; }

    /// <summary>When it expires: milliseconds since 1970 by the database's clock.</summary>
    public long ExpiresAtMs { get; init; }
}

internal sealed class SnapshotHoldConfiguration : IEntityTypeConfiguration<SnapshotHold>
{
    public void Configure(EntityTypeBuilder<SnapshotHold> builder)
    {
        builder.ToTable("snapshot_holds");
        builder.HasKey(x => x.Holder);
    }
}
