using Garm.Data.Engines;
using Garm.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Writes;

/// <summary>
/// A write that changes nothing for anybody: a content that no file refers to comes and goes. It is committed, because SQLite
/// touches the disk no earlier, and large enough to need room of its own. <see cref="WriteHealth"/> hears of it as of every write.
/// </summary>
public sealed class TestWrite(IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine, TimeProvider clock)
{
    private const int Size = 32 * 1024;

    /// <summary>Does it; what goes wrong is thrown. A content that stays is swept, as what a crash leaves is.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var turn = await engine.EnterWriteAsync(cancellation).ConfigureAwait(false);
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        var content = new FileContent { Id = Guid.NewGuid(), WrittenAt = clock.UtcNow(), ChunkCount = 1 };
        var chunk = new FileChunk { ContentId = content.Id, Data = new byte[Size] };
        Random.Shared.NextBytes(chunk.Data); // Or it would be compressed.
        db.AddRange(content, chunk);
        await db.SaveChangesAsync(cancellation).ConfigureAwait(false);
        db.RemoveRange(chunk, content);
        await db.SaveChangesAsync(cancellation).ConfigureAwait(false);
    }
}
