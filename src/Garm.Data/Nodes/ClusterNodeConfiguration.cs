using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Nodes;

internal sealed class ClusterNodeConfiguration : IEntityTypeConfiguration<ClusterNode>
{
    public void Configure(EntityTypeBuilder<ClusterNode> builder)
    {
        builder.ToTable("nodes");
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Property(x => x.Address).HasMaxLength(GarmDbContext.NameLength);
    }
}
