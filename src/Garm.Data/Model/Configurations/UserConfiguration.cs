using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Model.Configurations;

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
