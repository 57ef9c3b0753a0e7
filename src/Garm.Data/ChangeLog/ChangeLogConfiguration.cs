using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.ChangeLog;

internal sealed class ChangeLogEntryConfiguration : IEntityTypeConfiguration<ChangeLogEntry>
{
    public void Configure(EntityTypeBuilder<ChangeLogEntry> builder)
    {
        builder.ToTable("change_log");
        builder.HasKey(x => x.Position);
        builder.Property(x => x.Position).ValueGeneratedNever();
        builder.Property(x => x.EntityType).HasMaxLength(32);
        builder.Property(x => x.Operation).HasMaxLength(16);
        builder.Property(x => x.Payload).HasMaxLength(-1);
        builder.Property(x => x.LastState).HasMaxLength(-1);
        builder.Property(x => x.Before).HasMaxLength(-1);

        // A node of an older version inserts rows without it.
        builder.Property(x => x.Source).HasMaxLength(64).HasDefaultValue("");
        builder.HasIndex(x => new { x.CommitId, x.CommitIndex }).IsUnique();
    }
}

internal sealed class ChangeLogHeadConfiguration : IEntityTypeConfiguration<ChangeLogHead>
{
    public void Configure(EntityTypeBuilder<ChangeLogHead> builder)
    {
        builder.ToTable("change_log_head");
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Property(x => x.Epoch).HasMaxLength(32);
    }
}
