using Garm.Contracts.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Model.Configurations;

internal sealed class SourceConfiguration : IEntityTypeConfiguration<Source>
{
    public void Configure(EntityTypeBuilder<Source> builder)
    {
        builder.ToTable("sources");
        builder.HasKey(x => x.Id);
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Property(x => x.Name).HasMaxLength(SourceNames.MostLength);
        builder.HasIndex(x => x.Name).IsUnique();
        builder.Property(x => x.Url).HasMaxLength(2048);
        builder.Property(x => x.Revision).IsConcurrencyToken();
        builder.HasMany(x => x.Hosts).WithOne().HasForeignKey(x => x.SourceId).OnDelete(DeleteBehavior.ClientCascade);
        builder.HasOne(x => x.Status).WithOne().HasForeignKey<SourceStatus>(x => x.SourceId).OnDelete(DeleteBehavior.ClientCascade);
    }
}

internal sealed class SourceHostConfiguration : IEntityTypeConfiguration<SourceHost>
{
    public void Configure(EntityTypeBuilder<SourceHost> builder)
    {
        builder.ToTable("source_hosts");
        builder.HasKey(x => x.Host);
    }
}

internal sealed class SourceStatusConfiguration : IEntityTypeConfiguration<SourceStatus>
{
    /// <summary>Longer messages are cut.</summary>
    public const int MessageLength = 1024;

    public void Configure(EntityTypeBuilder<SourceStatus> builder)
    {
        builder.ToTable("source_statuses");
        builder.HasKey(x => x.SourceId);
        builder.Property(x => x.SourceId).ValueGeneratedNever();
        builder.Property(x => x.State).HasMaxLength(16);
        builder.Property(x => x.Message).HasMaxLength(MessageLength);
    }
}
