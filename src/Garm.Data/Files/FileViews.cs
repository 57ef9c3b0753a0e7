using Garm.Contracts.Entities;
using Garm.Data.Model;
using static Garm.Data.Values.ViewValues;

namespace Garm.Data.Files;

/// <summary>The view of a file in the REST API and in events.</summary>
internal static class FileViews
{
    /// <summary>The file with its tags, which must be loaded.</summary>
    public static FileObjectView ToView(this FileObject file) => new()
    {
        Id = file.Id,
        CreatedAt = file.CreatedAt,
        UpdatedAt = file.UpdatedAt,
        Name = file.Name,
        Description = OrNull(file.Description),
        Size = file.Size,
        Tags = [.. file.Tags.OrderBy(x => x.Place).Select(x => x.Tag)],
        Sha256 = OrNull(file.Sha256),
        FileType = file.FileType,
    };
}
