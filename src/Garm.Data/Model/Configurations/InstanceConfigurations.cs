using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Model.Configurations;

internal sealed class InstanceConfiguration : WatchedEntityConfiguration<Instance>
{
    protected override void ConfigureEntity(EntityTypeBuilder<Instance> builder)
    {
        builder.ToTable("instances");
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.HasIndex(x => x.Name).IsUnique();

        // The order of lists, which are read page by page.
        builder.HasIndex(x => new { x.CreatedAt, x.Id });
        builder.Property(x => x.Status).HasMaxLength(32);
        builder.Property(x => x.RunnerStatus).HasMaxLength(32);
        builder.HasOne(x => x.Pool).WithMany(x => x.Instances).HasForeignKey(x => x.PoolId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(x => x.ScaleSet).WithMany(x => x.Instances).HasForeignKey(x => x.ScaleSetId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(x => x.Job).WithMany(x => x.Runners).HasForeignKey(x => x.JobId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class InstanceAddressConfiguration : IEntityTypeConfiguration<InstanceAddress>
{
    public void Configure(EntityTypeBuilder<InstanceAddress> builder)
    {
        builder.ToTable("instance_addresses");
        builder.Property(x => x.Type).HasMaxLength(16);
        builder.HasOne(x => x.Instance).WithMany(x => x.Addresses).HasForeignKey(x => x.InstanceId)
            .OnDelete(DeleteBehavior.ClientCascade);
    }
}

internal sealed class InstanceStatusMessageConfiguration : IEntityTypeConfiguration<InstanceStatusMessage>
{
    public void Configure(EntityTypeBuilder<InstanceStatusMessage> builder)
    {
        builder.ToTable("instance_status_messages");
        builder.Property(x => x.Message).HasMaxLength(InstanceStatusMessage.MessageLength);
        builder.Property(x => x.EventType).HasMaxLength(32);
        builder.Property(x => x.EventLevel).HasMaxLength(16);
        builder.HasOne(x => x.Instance).WithMany(x => x.StatusMessages).HasForeignKey(x => x.InstanceId)
            .OnDelete(DeleteBehavior.ClientCascade);
    }
}
