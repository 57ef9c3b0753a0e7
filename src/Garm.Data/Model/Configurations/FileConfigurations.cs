using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Model.Configurations;

internal sealed class FileObjectConfiguration : WatchedEntityConfiguration<FileObject>
{
    protected override void ConfigureEntity(EntityTypeBuilder<FileObject> builder)
    {
        builder.ToTable("file_objects");
        builder.Property(x => x.Description).HasMaxLength(4096);
        builder.Property(x => x.Sha256).HasMaxLength(64);

        // A content cannot be removed as unused while a file object that refers to it is being saved: one of the two fails.
        builder.HasOne(x => x.Content).WithOne().HasForeignKey<FileObject>(x => x.ContentId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class FileObjectTagConfiguration : IEntityTypeConfiguration<FileObjectTag>
{
    public void Configure(EntityTypeBuilder<FileObjectTag> builder)
    {
        builder.ToTable("file_object_tags");
        builder.HasKey(x => new { x.FileObjectId, x.Place });
        builder.Property(x => x.Place).ValueGeneratedNever();
        builder.HasIndex(x => new { x.Tag, x.FileObjectId });

        // The tracker deletes the rows with their file, so they must be loaded with it; the database does not cascade.
        builder.HasOne(x => x.FileObject).WithMany(x => x.Tags).HasForeignKey(x => x.FileObjectId)
            .OnDelete(DeleteBehavior.ClientCascade);
    }
}

internal sealed class FileContentConfiguration : IEntityTypeConfiguration<FileContent>
{
    public void Configure(EntityTypeBuilder<FileContent> builder)
    {
        builder.ToTable("file_contents");
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.HasIndex(x => x.WrittenAt);
    }
}

internal sealed class FileChunkConfiguration : IEntityTypeConfiguration<FileChunk>
{
    public void Configure(EntityTypeBuilder<FileChunk> builder)
    {
        builder.ToTable("file_chunks");
        builder.HasKey(x => new { x.ContentId, x.Number });
        builder.Property(x => x.Number).ValueGeneratedNever();
        builder.HasOne<FileContent>().WithMany().HasForeignKey(x => x.ContentId).OnDelete(DeleteBehavior.Restrict);
    }
}
