using Garm.Data.Engines;
using Garm.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Writes;

/// <summary>
/// A write without a visible effect: it adds a content that no file refers to, and removes it. It is committed, because SQLite
/// writes to the disk only then, and large enough to need space of its own. <see cref="WriteHealth"/> receives its result, as that of
/// every write.
/// </summary>
public sealed class TestWrite(IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine, TimeProvider clock)
{
    private const int Size = 32 * 1024;

    /// <summary>Makes the test write; throws its failure. <c>FileContentSweep</c> removes a content that remains.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var turn = await engine.EnterWriteAsync(cancellation).ConfigureAwait(false);
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        var content = new FileContent { Id = Guid.NewGuid(), WrittenAt = clock.UtcNow(), ChunkCount = 1 };
        var chunk = new FileChunk { ContentId = content.Id, Data = new byte[Size] };
        Random.Shared.NextBytes(chunk.Data); // Random, so that no file system compresses it.
        db.AddRange(content, chunk);
        await db.SaveChangesAsync(cancellation).ConfigureAwait(false);
        db.RemoveRange(chunk, content);
        await db.SaveChangesAsync(cancellation).ConfigureAwait(false);
    }
}
