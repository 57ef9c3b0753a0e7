namespace Garm.Log;

/// <summary>Reads the change log. Each call is one short read on a connection of its own; nothing is tracked.</summary>
public interface IChangeLogReader
{
    /// <summary>Where the log ends now.</summary>
    Task<LogPlace> ReadHeadAsync(CancellationToken cancellation);

    /// <summary>What the log still holds.</summary>
    Task<LogRange> ReadRangeAsync(CancellationToken cancellation);

    /// <summary>
    /// The changes that follow <paramref name="after"/>, ascending, at most <paramref name="limit"/>. As the log is
    /// dense, the first one has the position <c>after + 1</c>, or retention has taken what came between.
    /// </summary>
    Task<IReadOnlyList<Change>> ReadAfterAsync(LogPosition after, int limit, CancellationToken cancellation);
}
