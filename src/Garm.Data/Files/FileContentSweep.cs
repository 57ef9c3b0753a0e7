using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Files;

/// <summary>
/// Removes contents that no file object refers to, which remain when a crash interrupts an upload or a deletion. An upload
/// in progress has written recently and is not touched.
/// </summary>
public sealed class FileContentSweep(UnitOfWork work, FileContents contents, TimeProvider clock)
{
    /// <summary>The age of the last write after which unused content is removed.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromHours(1);

    /// <summary>The number of removed contents.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var before = clock.UtcNow() - Grace;
        var abandoned = await work.ReadAsync(
            db => db.FileContents
                .Where(x => x.WrittenAt < before && !db.FileObjects.Any(y => y.ContentId == x.Id))
                .Select(x => x.Id)
                .ToListAsync(cancellation),
            cancellation).ConfigureAwait(false);
        foreach (var id in abandoned)
            await contents.RemoveAsync(id, cancellation).ConfigureAwait(false);
        return abandoned.Count;
    }
}
