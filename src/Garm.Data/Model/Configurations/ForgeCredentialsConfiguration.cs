using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Model.Configurations;

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
