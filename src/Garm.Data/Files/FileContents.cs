using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Garm.Data.Model;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Files;

/// <summary>A stored content.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Its checksum, hexadecimal.</param>
/// <param name="FileType">Its media type, detected from its first bytes.</param>
public sealed record StoredContent(Guid Id, long Size, string Sha256, string FileType);

/// <summary>
/// Writes and reads the content of files in the database, chunk by chunk, so that every node has it. At most one chunk of a
/// file is in memory, and each chunk has its own transaction, so a slow upload does not block other writers. All writes
/// use the change tracker; these tables are not watched.
/// </summary>
public sealed class FileContents(UnitOfWork work, FileRoom room, TimeProvider clock)
{
    /// <summary>The longest chunk, in bytes: small for a slow client, and few rows for a large file.</summary>
    public const int ChunkSize = 512 * 1024;

    /// <summary>The number of rows that one transaction deletes.</summary>
    private const int RemovedAtOnce = 64;

    /// <summary>Reads the stream to its end and stores it. When the stream fails, the written chunks are removed.</summary>
    /// <param name="source">The content.</param>
    /// <param name="length">Its length, if it is known.</param>
    /// <param name="replaced">Bytes of files that this one replaces.</param>
    /// <param name="cancellation">Cancels the upload.</param>
    /// <exception cref="GarmException">507: there is not enough space for it.</exception>
    public async Task<StoredContent> WriteAsync(Stream source, long? length, long replaced, CancellationToken cancellation)
    {
        var most = await work.ReadAsync(db => room.RequireAsync(db, length, replaced, cancellation), cancellation).ConfigureAwait(false);
        var id = Guid.NewGuid();
        await work.WriteAsync(
            async db =>
            {
                // The row may exist from an attempt whose commit got no answer; so may the chunks below.
                if (!await db.FileContents.AnyAsync(x => x.Id == id, cancellation).ConfigureAwait(false))
                    db.FileContents.Add(new FileContent { Id = id, WrittenAt = clock.UtcNow() });
            },
            cancellation).ConfigureAwait(false);
        try
        {
            return await WriteChunksAsync(id, source, most, cancellation).ConfigureAwait(false);
        }
        catch
        {
            await TryRemoveAsync(id).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The chunks, in order. Throws when the content is deleted during the read.</summary>
    /// <exception cref="IOException">The content was deleted.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        Guid id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var count = await work.ReadAsync(
            db => db.FileContents.Where(x => x.Id == id).Select(x => x.ChunkCount).SingleOrDefaultAsync(cancellation),
            cancellation).ConfigureAwait(false);
        for (var number = 0; number < count; number++)
        {
            var wanted = number;
            yield return await work.ReadAsync(
                db => db.FileChunks.Where(x => x.ContentId == id && x.Number == wanted).Select(x => x.Data)
                    .SingleOrDefaultAsync(cancellation),
                cancellation).ConfigureAwait(false) ?? throw new IOException("the file was deleted while it was read");
        }
    }

    /// <summary>Removes a content that no file object refers to. A removal that was interrupted continues when it is called again.</summary>
    public async Task RemoveAsync(Guid id, CancellationToken cancellation)
    {
        while (await RemoveChunksAsync(id, cancellation).ConfigureAwait(false) == RemovedAtOnce)
        {
            // Until a batch is not full.
        }

        await work.WriteAsync(
            async db =>
            {
                if (await db.FileContents.SingleOrDefaultAsync(x => x.Id == id, cancellation).ConfigureAwait(false) is { } content)
                    db.FileContents.Remove(content);
            },
            cancellation).ConfigureAwait(false);
    }

    private async Task<StoredContent> WriteChunksAsync(Guid id, Stream source, long most, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[ChunkSize];
        var fileType = MediaTypes.Detect([]);
        var size = 0L;
        for (var number = 0; ; number++)
        {
            var read = await source.ReadAtLeastAsync(buffer, ChunkSize, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            if (read == 0) break;
            hash.AppendData(buffer, 0, read);
            if (number == 0) fileType = MediaTypes.Detect(buffer.AsSpan(0, read));
            size += read;
            if (size > most) throw room.TooMuch();
            room.RequireFree(0);

            // The column takes a whole array, so only the last chunk needs a shorter one.
            await WriteChunkAsync(id, number, read == ChunkSize ? buffer : buffer[..read], cancellation).ConfigureAwait(false);
            if (read < ChunkSize) break;
        }

        return new StoredContent(id, size, Convert.ToHexStringLower(hash.GetHashAndReset()), fileType);
    }

    private Task WriteChunkAsync(Guid id, int number, byte[] data, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            var content = await db.FileContents.SingleAsync(x => x.Id == id, cancellation).ConfigureAwait(false);
            if (content.ChunkCount > number) return;
            content.ChunkCount = number + 1;
            content.WrittenAt = clock.UtcNow();
            db.FileChunks.Add(new FileChunk { ContentId = id, Number = number, Data = data });
        },
        cancellation);

    private Task<int> RemoveChunksAsync(Guid id, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            var numbers = await db.FileChunks.Where(x => x.ContentId == id).OrderBy(x => x.Number).Select(x => x.Number)
                .Take(RemovedAtOnce).ToListAsync(cancellation).ConfigureAwait(false);

            // By their keys only, without reading their data.
            db.FileChunks.RemoveRange(numbers.Select(x => new FileChunk { ContentId = id, Number = x }));
            return numbers.Count;
        },
        count => count,
        cancellation);

    private async Task TryRemoveAsync(Guid id)
    {
        try
        {
            await RemoveAsync(id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The caller gets the upload's own error; the sweep removes what remains.
        }
    }
}
