using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Model.Configurations;

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
