namespace Garm.Log;

/// <summary>Reads the change log. Each call is one short read on its own connection; nothing is tracked.</summary>
public interface IChangeLogReader
{
    /// <summary>The current end of the log.</summary>
    Task<LogPlace> ReadHeadAsync(CancellationToken cancellation);

    /// <summary>The extent of the log.</summary>
    Task<LogRange> ReadRangeAsync(CancellationToken cancellation);

    /// <summary>
    /// The changes after <paramref name="after"/>, ascending, at most <paramref name="limit"/>. The log is
    /// dense, so if the first one does not have the position <c>after + 1</c>, retention deleted those in between.
    /// </summary>
    Task<IReadOnlyList<Change>> ReadAfterAsync(LogPosition after, int limit, CancellationToken cancellation);
}
