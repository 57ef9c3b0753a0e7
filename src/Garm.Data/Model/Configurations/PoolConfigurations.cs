using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Model.Configurations;

internal sealed class PoolConfiguration : WatchedEntityConfiguration<Pool>
{
    protected override void ConfigureEntity(EntityTypeBuilder<Pool> builder)
    {
        builder.ToTable("pools");
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Property(x => x.ExtraSpecs).HasMaxLength(-1);
        builder.HasOne(x => x.Template).WithMany().HasForeignKey(x => x.TemplateId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(x => x.Proxy).WithMany().HasForeignKey(x => x.ProxyId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(x => x.Repository).WithMany(x => x.Pools).HasForeignKey(x => x.RepositoryId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(x => x.Organization).WithMany(x => x.Pools).HasForeignKey(x => x.OrganizationId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(x => x.Enterprise).WithMany(x => x.Pools).HasForeignKey(x => x.EnterpriseId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(x => x.ForgeInstance).WithMany(x => x.Pools).HasForeignKey(x => x.ForgeInstanceId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PoolTagConfiguration : IEntityTypeConfiguration<PoolTag>
{
    public void Configure(EntityTypeBuilder<PoolTag> builder)
    {
        builder.ToTable("pool_tags");
        builder.HasKey(x => new { x.PoolId, x.TagId });

        // The tracker deletes the rows with their pool, so they must be loaded with it; the database does not cascade.
        builder.HasOne(x => x.Pool).WithMany(x => x.Tags).HasForeignKey(x => x.PoolId).OnDelete(DeleteBehavior.ClientCascade);
        builder.HasOne(x => x.Tag).WithMany().HasForeignKey(x => x.TagId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TagConfiguration : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> builder)
    {
        builder.ToTable("tags");
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.HasIndex(x => x.NormalizedName).IsUnique();
    }
}
