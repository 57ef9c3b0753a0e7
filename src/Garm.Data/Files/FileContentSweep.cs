using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Files;

/// <summary>
/// Removes contents that no file object refers to: left over from an upload or a deletion that a crash cut short. An upload
/// that still goes on has written lately and is left alone.
/// </summary>
public sealed class FileContentSweep(UnitOfWork work, FileContents contents, TimeProvider clock)
{
    /// <summary>How long nothing must have been written.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromHours(1);

    /// <summary>How many contents were removed.</summary>
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
