using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Model.Configurations;

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
