using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Model.Configurations;

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
