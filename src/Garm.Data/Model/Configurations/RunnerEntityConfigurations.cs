using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Model.Configurations;

internal abstract class RunnerEntityConfiguration<T> : WatchedEntityConfiguration<T>
    where T : RunnerEntity
{
    protected override void ConfigureEntity(EntityTypeBuilder<T> builder)
    {
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Property(x => x.PoolBalancerType).HasMaxLength(16);
        builder.Property(x => x.PoolManagerFailure).HasMaxLength(4096);
        builder.HasOne(x => x.Endpoint).WithMany().HasForeignKey(x => x.EndpointId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RepositoryConfiguration : RunnerEntityConfiguration<Repository>
{
    protected override void ConfigureEntity(EntityTypeBuilder<Repository> builder)
    {
        base.ConfigureEntity(builder);
        builder.ToTable("repositories");
        builder.HasIndex(x => new { x.NormalizedOwner, x.NormalizedName, x.EndpointId }).IsUnique();
        builder.HasOne(x => x.Credentials).WithMany(x => x.Repositories).HasForeignKey(x => x.CredentialsId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OrganizationConfiguration : RunnerEntityConfiguration<Organization>
{
    protected override void ConfigureEntity(EntityTypeBuilder<Organization> builder)
    {
        base.ConfigureEntity(builder);
        builder.ToTable("organizations");
        builder.HasIndex(x => new { x.NormalizedName, x.EndpointId }).IsUnique();
        builder.HasOne(x => x.Credentials).WithMany(x => x.Organizations).HasForeignKey(x => x.CredentialsId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class EnterpriseConfiguration : RunnerEntityConfiguration<Enterprise>
{
    protected override void ConfigureEntity(EntityTypeBuilder<Enterprise> builder)
    {
        base.ConfigureEntity(builder);
        builder.ToTable("enterprises");
        builder.HasIndex(x => new { x.NormalizedName, x.EndpointId }).IsUnique();
        builder.HasOne(x => x.Credentials).WithMany(x => x.Enterprises).HasForeignKey(x => x.CredentialsId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ForgeInstanceConfiguration : RunnerEntityConfiguration<ForgeInstance>
{
    protected override void ConfigureEntity(EntityTypeBuilder<ForgeInstance> builder)
    {
        base.ConfigureEntity(builder);
        builder.ToTable("forge_instances");
        builder.HasIndex(x => x.EndpointId).IsUnique();
        builder.HasOne(x => x.Credentials).WithMany(x => x.ForgeInstances).HasForeignKey(x => x.CredentialsId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}
