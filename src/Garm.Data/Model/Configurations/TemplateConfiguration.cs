using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Model.Configurations;

internal sealed class TemplateConfiguration : WatchedEntityConfiguration<Template>
{
    protected override void ConfigureEntity(EntityTypeBuilder<Template> builder)
    {
        builder.ToTable("templates");

        // Case-sensitive and unique for each owner. Built-in templates have no owner, and the index does not apply to them on any engine.
        builder.HasIndex(x => new { x.Name, x.OwnerId }).IsUnique();
        builder.Property(x => x.Description).HasMaxLength(4096);
        builder.Property(x => x.OsType).HasMaxLength(32);
        builder.Property(x => x.ForgeType).HasMaxLength(16);
        builder.HasOne(x => x.Owner).WithMany().HasForeignKey(x => x.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }
}
