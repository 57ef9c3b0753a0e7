using Garm.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Configurations;

internal sealed class ControllerInfoConfiguration : WatchedEntityConfiguration<ControllerInfo>
{
    protected override void ConfigureEntity(EntityTypeBuilder<ControllerInfo> builder)
    {
        builder.ToTable("controllers");
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Property(x => x.MetadataUrl).HasMaxLength(2048);
        builder.Property(x => x.CallbackUrl).HasMaxLength(2048);
        builder.Property(x => x.WebhookUrl).HasMaxLength(2048);
        builder.Property(x => x.AgentUrl).HasMaxLength(2048);
        builder.Property(x => x.AgentReleasesUrl).HasMaxLength(2048);
    }
}

internal sealed class UserConfiguration : WatchedEntityConfiguration<User>
{
    protected override void ConfigureEntity(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.HasIndex(x => x.NormalizedUsername).IsUnique();
        builder.HasIndex(x => x.NormalizedEmail).IsUnique();
    }
}

internal sealed class ForgeEndpointConfiguration : WatchedEntityConfiguration<ForgeEndpoint>
{
    protected override void ConfigureEntity(EntityTypeBuilder<ForgeEndpoint> builder)
    {
        builder.ToTable("forge_endpoints");
        builder.HasIndex(x => x.NormalizedName).IsUnique();
        builder.Property(x => x.EndpointType).HasMaxLength(16);
        builder.Property(x => x.Description).HasMaxLength(4096);
        builder.Property(x => x.ApiBaseUrl).HasMaxLength(2048);
        builder.Property(x => x.UploadBaseUrl).HasMaxLength(2048);
        builder.Property(x => x.BaseUrl).HasMaxLength(2048);
        builder.Property(x => x.ToolsMetadataUrl).HasMaxLength(2048);
    }
}

internal sealed class ForgeCredentialsConfiguration : WatchedEntityConfiguration<ForgeCredentials>
{
    private const string ForgeType = "ForgeType";

    protected override void ConfigureEntity(EntityTypeBuilder<ForgeCredentials> builder)
    {
        builder.ToTable("forge_credentials");
        builder.HasDiscriminator<string>(ForgeType)
            .HasValue<GithubCredentials>(ForgeTypes.Github)
            .HasValue<GiteaCredentials>(ForgeTypes.Gitea);
        builder.Property<string>(ForgeType).HasMaxLength(16);
        builder.HasIndex(nameof(ForgeCredentials.NormalizedName), ForgeType).IsUnique();
        builder.Property(x => x.Description).HasMaxLength(4096);
        builder.Property(x => x.AuthType).HasMaxLength(16);
        builder.HasOne(x => x.Endpoint).WithMany().HasForeignKey(x => x.EndpointId).OnDelete(DeleteBehavior.Restrict);
    }
}

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

        // The tracker deletes the rows with their pool, so they must be loaded with it; the database would not.
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

internal sealed class ProxyConfiguration : WatchedEntityConfiguration<Proxy>
{
    protected override void ConfigureEntity(EntityTypeBuilder<Proxy> builder)
    {
        builder.ToTable("proxies");
        builder.HasIndex(x => x.NormalizedName).IsUnique();
        builder.Property(x => x.Description).HasMaxLength(4096);
        builder.Property(x => x.HttpProxy).HasMaxLength(2048);
        builder.Property(x => x.HttpsProxy).HasMaxLength(2048);
        builder.Property(x => x.NoProxy).HasMaxLength(4096);
    }
}

internal sealed class TemplateConfiguration : WatchedEntityConfiguration<Template>
{
    protected override void ConfigureEntity(EntityTypeBuilder<Template> builder)
    {
        builder.ToTable("templates");

        // Case counts, and each owner has names of his own. Built-in templates have no owner, and no engine compares them.
        builder.HasIndex(x => new { x.Name, x.OwnerId }).IsUnique();
        builder.Property(x => x.Description).HasMaxLength(4096);
        builder.Property(x => x.OsType).HasMaxLength(32);
        builder.Property(x => x.ForgeType).HasMaxLength(16);
        builder.HasOne(x => x.Owner).WithMany().HasForeignKey(x => x.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }
}
