using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Model.Configurations;

/// <summary>
/// The configuration that all watched tables share. Foreign keys never cascade in the database: a cascaded deletion would bypass
/// the change log.
/// </summary>
internal abstract class WatchedEntityConfiguration<T> : IEntityTypeConfiguration<T>
    where T : class, IWatchedEntity
{
    public void Configure(EntityTypeBuilder<T> builder)
    {
        builder.Property(x => x.Version).IsConcurrencyToken();
        ConfigureEntity(builder);
    }

    protected abstract void ConfigureEntity(EntityTypeBuilder<T> builder);
}
