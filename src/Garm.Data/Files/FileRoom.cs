using Garm.Data.Engines;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Files;

/// <summary><c>Garm:Files</c>.</summary>
public sealed record FileLimits
{
    /// <summary>Bytes of all stored files together; 0 for no limit.</summary>
    public long MaxTotalBytes { get; init; }

    /// <summary>
    /// Bytes that an upload must leave free on the disk of the database, if the hub can see the disk (SQLite). Default 64 MiB.
    /// </summary>
    public long MinFreeBytes { get; init; } = 64 * 1024 * 1024;
}

/// <summary>
/// Checks whether there is space for a file: before it is read, at each chunk, and against the limit of all files again at its commit,
/// because uploads run in parallel. It keeps space free for all other writes.
/// </summary>
public sealed class FileRoom(FileLimits limits, DatabaseEngine engine)
{
    /// <summary>The maximum number of bytes of an upload; <see cref="long.MaxValue"/> without a limit.</summary>
    /// <param name="db">A context to read with.</param>
    /// <param name="length">The upload's length, if it is known.</param>
    /// <param name="replaced">Bytes of files that this one replaces.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="GarmException">507: there is not enough space for it.</exception>
    public async Task<long> RequireAsync(GarmDbContext db, long? length, long replaced, CancellationToken cancellation)
    {
        // SQLite first uses the free pages of its file, which needs no space on the disk.
        if (engine.FreeBytes() is not null)
            RequireFree(Math.Max(0, (length ?? 0) - await engine.ReusableBytesAsync(db, cancellation).ConfigureAwait(false)));
        if (limits.MaxTotalBytes == 0) return long.MaxValue;

        var stored = await db.FileObjects.SumAsync(x => x.Size, cancellation).ConfigureAwait(false);
        var unfinished = await db.FileContents.Where(x => !db.FileObjects.Any(y => y.ContentId == x.Id))
            .SumAsync(x => (long)x.ChunkCount * FileContents.ChunkSize, cancellation).ConfigureAwait(false);
        var left = limits.MaxTotalBytes - stored - unfinished + replaced;
        return left >= (length ?? 0) ? left : throw TooMuch();
    }

    /// <summary>Throws when less than <see cref="FileLimits.MinFreeBytes"/> would stay free.</summary>
    /// <param name="more">Bytes that are about to be written.</param>
    /// <exception cref="GarmException">507.</exception>
    public void RequireFree(long more)
    {
        if (engine.FreeBytes() is { } free && free - more < limits.MinFreeBytes)
        {
            throw GarmException.OutOfSpace(
                $"the disk of the database has too little space for this file: {free} bytes are free, and {limits.MinFreeBytes} must stay free "
                + "for other writes (Garm:Files:MinFreeBytes)");
        }
    }

    /// <summary>Checks the limit at the commit of a file object.</summary>
    /// <exception cref="GarmException">507: another upload has taken the space.</exception>
    public async Task RequireTotalAsync(GarmDbContext db, CancellationToken cancellation)
    {
        if (limits.MaxTotalBytes > 0
            && await db.FileObjects.SumAsync(x => x.Size, cancellation).ConfigureAwait(false) > limits.MaxTotalBytes)
        {
            throw TooMuch();
        }
    }

    /// <summary>The refusal of a file that does not fit.</summary>
    public GarmException TooMuch() => GarmException.OutOfSpace(
        $"all files together may have {limits.MaxTotalBytes} bytes (Garm:Files:MaxTotalBytes), and this one does not fit: delete others first");

    /// <summary>Whether the total size of all files is limited.</summary>
    internal bool HasTotal => limits.MaxTotalBytes > 0;
}
