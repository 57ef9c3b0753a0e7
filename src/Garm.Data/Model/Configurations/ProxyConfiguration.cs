using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Model.Configurations;

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
