using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Secrets;

internal sealed class SealedKeyConfiguration : IEntityTypeConfiguration<SealedKey>
{
    public void Configure(EntityTypeBuilder<SealedKey> builder)
    {
        builder.ToTable("secret_keys");
        builder.HasKey(x => x.Id);
        builder.Property(x => x.Id).HasMaxLength(16);
        builder.Property(x => x.State).HasMaxLength(16);
    }
}
