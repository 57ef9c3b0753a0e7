using Garm.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Configurations;

internal sealed class ScaleSetConfiguration : WatchedEntityConfiguration<ScaleSet>
{
    protected override void ConfigureEntity(EntityTypeBuilder<ScaleSet> builder)
    {
        builder.ToTable("scale_sets");
        builder.Property(x => x.State).HasMaxLength(32);
        builder.Property(x => x.ExtendedState).HasMaxLength(4096);
        builder.Property(x => x.ExtraSpecs).HasMaxLength(-1);
        builder.HasOne(x => x.Template).WithMany().HasForeignKey(x => x.TemplateId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(x => x.Proxy).WithMany().HasForeignKey(x => x.ProxyId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(x => x.Repository).WithMany(x => x.ScaleSets).HasForeignKey(x => x.RepositoryId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(x => x.Organization).WithMany(x => x.ScaleSets).HasForeignKey(x => x.OrganizationId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(x => x.Enterprise).WithMany(x => x.ScaleSets).HasForeignKey(x => x.EnterpriseId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ScaleSetTagConfiguration : IEntityTypeConfiguration<ScaleSetTag>
{
    public void Configure(EntityTypeBuilder<ScaleSetTag> builder)
    {
        builder.ToTable("scale_set_tags");
        builder.HasKey(x => new { x.ScaleSetId, x.TagId });

        // As with a pool's tags: the tracker deletes them with their owner, so they must be loaded with it.
        builder.HasOne(x => x.ScaleSet).WithMany(x => x.Tags).HasForeignKey(x => x.ScaleSetId)
            .OnDelete(DeleteBehavior.ClientCascade);
        builder.HasOne(x => x.Tag).WithMany().HasForeignKey(x => x.TagId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class InstanceConfiguration : WatchedEntityConfiguration<Instance>
{
    protected override void ConfigureEntity(EntityTypeBuilder<Instance> builder)
    {
        builder.ToTable("instances");
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.HasIndex(x => x.Name).IsUnique();

        // The order of lists, which are read a page at a time.
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

internal sealed class JobConfiguration : WatchedEntityConfiguration<Job>
{
    protected override void ConfigureEntity(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("jobs");
        builder.HasIndex(x => new { x.ForgeUrl, x.WorkflowJobId, x.ScaleSetJobId }).IsUnique();
        builder.Property(x => x.ScaleSetJobId).HasMaxLength(64);
        builder.Property(x => x.Action).HasMaxLength(32);
        builder.Property(x => x.Conclusion).HasMaxLength(32);
        builder.Property(x => x.Status).HasMaxLength(32);
        builder.Property(x => x.Name).HasMaxLength(1024);
        builder.Property(x => x.WorkflowRunUrl).HasMaxLength(2048);
        builder.Property(x => x.Labels).HasMaxLength(-1);
    }
}

internal sealed class WebhookDeliveryConfiguration : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_deliveries");
        builder.Property(x => x.DeliveryId).HasMaxLength(128);
        builder.HasIndex(x => x.DeliveryId).IsUnique();
        builder.HasIndex(x => x.EndedJobId);
    }
}
