using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Model.Configurations;

internal sealed class JobConfiguration : WatchedEntityConfiguration<Job>
{
    protected override void ConfigureEntity(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("jobs");
        builder.HasIndex(x => new { x.ForgeUrl, x.WorkflowJobId, x.ScaleSetJobId }).IsUnique();
        builder.Property(x => x.ScaleSetJobId).HasMaxLength(64);
        builder.Property(x => x.Action).HasMaxLength(32);
        builder.Property(x => x.Conclusion).HasMaxLength(32);
        builder.Property(x => x.Status).HasMaxLength(32);
        builder.Property(x => x.Name).HasMaxLength(1024);
        builder.Property(x => x.WorkflowRunUrl).HasMaxLength(2048);
        builder.Property(x => x.Labels).HasMaxLength(-1);
    }
}
