using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Engines;
using Garm.Data.Lists;
using Garm.Data.Model;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Files;

/// <summary>The description of a new file.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">The description; may be empty.</param>
/// <param name="Tags">The tags, in order.</param>
public sealed record NewFile(string Name, string Description, IReadOnlyList<string> Tags)
{
    /// <summary>Its length in bytes, if it is known before the content is read, so that a file that is too large is refused at once.</summary>
    public long? Length { get; init; }
}

/// <summary>
/// The operations on stored files; checks and messages are GARM's (recorded in <c>file-object-crud</c>). A content is stored
/// before its file object and removed after it.
/// </summary>
public sealed class FileObjectStore(UnitOfWork work, FileContents contents, FileRoom room, DatabaseEngine engine)
{
    private const string ToolsElsewhere =
        "GARM agent tools cannot be uploaded via the file objects endpoint. Use POST /tools/garm-agent instead.";

    private const string ToolsStay = "cannot update garm-agent tools via object storage API";

    /// <summary>A page of the files that have all the tags, the newest first.</summary>
    public Task<PageView<FileObjectView>> ListAsync(
        IReadOnlyList<string> tags, Paging paging, CancellationToken cancellation) => work.ReadAsync(
        db => paging.TakeAsync(WithTags(db, tags).OrderByDescending(x => x.Id), x => x.ToView(), cancellation), cancellation);

    /// <summary>A file, without its content.</summary>
    public Task<FileObjectView> GetAsync(long id, CancellationToken cancellation) => work.ReadAsync(
        async db => (await FindAsync(db, id, cancellation) ?? throw Unknown("failed to get file object", id)).ToView(),
        cancellation);

    /// <summary>A file and its content.</summary>
    public async Task<(FileObjectView File, IAsyncEnumerable<ReadOnlyMemory<byte>> Content)> OpenAsync(
        long id, CancellationToken cancellation)
    {
        var file = await work.ReadAsync(db => FindAsync(db, id, cancellation), cancellation)
            ?? throw Unknown("failed to get file object", id);
        return (file.ToView(), contents.ReadAsync(file.ContentId, cancellation));
    }

    /// <summary>Stores a file. The stream is read to its end, chunk by chunk.</summary>
    public Task<FileObjectView> CreateAsync(NewFile file, Stream content, CancellationToken cancellation) =>
        file.Tags.Contains(FileTags.AgentTool)
            ? throw GarmException.BadRequest(ToolsElsewhere)
            : CreateAsync(file, content, replacedTags: null, cancellation);

    /// <summary>Changes the fields that the request has; a name and tags always count as a change, a description only when it differs.</summary>
    public Task<FileObjectView> UpdateAsync(long id, UpdateFileObjectRequest request, CancellationToken cancellation)
    {
        var tags = request.Tags?.Select(FileTags.Normalize).ToList();
        return work.WriteAsync(
            async db =>
            {
                var file = await FindAsync(db, id, cancellation) ?? throw Unknown("failed to query object in DB", id);
                if (file.Tags.Any(x => x.Tag == FileTags.AgentTool) || tags?.Contains(FileTags.AgentTool) == true)
                    throw GarmException.BadRequest(ToolsStay);
                if (request.Name is "") throw GarmException.BadRequest("failed to update object: name cannot be empty");

                file.Name = request.Name ?? file.Name;
                file.Description = request.Description ?? file.Description;
                if (tags is not null) FileTags.Set(db, file, tags);
                if (request.Name is not null || tags is not null) db.Touch(file);
                return file;
            },
            file => file.ToView(),
            cancellation);
    }

    /// <summary>Deletes a file if it exists.</summary>
    public async Task DeleteAsync(long id, CancellationToken cancellation)
    {
        var removed = await work.WriteAsync(
            async db =>
            {
                var file = await FindAsync(db, id, cancellation);
                if (file is not null) db.FileObjects.Remove(file);
                return file;
            },
            file => file?.ContentId,
            cancellation);
        if (removed is { } contentId) await RemoveContentsAsync([contentId]);
    }

    /// <summary>Stores a file and, in the same transaction, removes all others that have certain tags.</summary>
    internal async Task<FileObjectView> CreateAsync(
        NewFile file, Stream content, IReadOnlyList<string>? replacedTags, CancellationToken cancellation)
    {
        var replacedBytes = replacedTags is null
            ? 0
            : await work.ReadAsync(db => WithTags(db, replacedTags).SumAsync(x => x.Size, cancellation), cancellation);
        var stored = await contents.WriteAsync(content, file.Length, replacedBytes, cancellation);
        try
        {
            var (view, replaced) = await work.WriteAsync(
                async (db, rules) =>
                {
                    var old = replacedTags is null ? [] : await WithTags(db, replacedTags).ToListAsync(cancellation);
                    db.FileObjects.RemoveRange(old);
                    if (room.HasTotal) rules.Add(() => room.RequireTotalAsync(db, cancellation));
                    return (New: Add(db, file, stored), Old: old.ConvertAll(x => x.ContentId));
                },
                result => (result.New.ToView(), result.Old),
                cancellation);
            await RemoveContentsAsync(replaced);
            return view;
        }
        catch (Exception e) when (e is GarmException || engine.WriteObstacleOf(e) == WriteObstacle.OutOfSpace)
        {
            await RemoveContentsAsync([stored.Id]);
            throw;
        }
    }

    internal static IQueryable<FileObject> WithTags(GarmDbContext db, IReadOnlyList<string> tags)
    {
        IQueryable<FileObject> files = db.FileObjects.Include(x => x.Tags);
        foreach (var tag in tags) files = files.Where(x => x.Tags.Any(y => y.Tag == tag));
        return files;
    }

    /// <summary>Not cancelled when the client disconnects: the sweep would remove the content only much later.</summary>
    private async Task RemoveContentsAsync(IEnumerable<Guid> ids)
    {
        foreach (var id in ids) await contents.RemoveAsync(id, CancellationToken.None);
    }

    private static FileObject Add(GarmDbContext db, NewFile file, StoredContent stored)
    {
        var added = new FileObject
        {
            Name = file.Name,
            Description = file.Description,
            FileType = stored.FileType,
            Size = stored.Size,
            Sha256 = stored.Sha256,
            ContentId = stored.Id,
        };
        db.FileObjects.Add(added);
        FileTags.Set(db, added, file.Tags);
        return added;
    }

    private static Task<FileObject?> FindAsync(GarmDbContext db, long id, CancellationToken cancellation) =>
        db.FileObjects.Include(x => x.Tags).SingleOrDefaultAsync(x => x.Id == id, cancellation);

    private static GarmException Unknown(string failed, long id) =>
        GarmException.NotFound($"{failed}: could not find file object with ID: {id}");
}
