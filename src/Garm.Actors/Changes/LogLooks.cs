using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>Looks at the change log.</summary>
internal static class LogLooks
{
    /// <summary>Where the log ends.</summary>
    public static async Task<LogLook> AtHeadAsync(IChangeLogReader reader, LookStart start, CancellationToken cancellation) =>
        new(start, await reader.ReadHeadAsync(cancellation).ConfigureAwait(false), [], IsFull: false);

    /// <summary>
    /// The changes after the start. The head is read first: what the page then does not show, although the head names it,
    /// is gone and not merely late.
    /// </summary>
    public static async Task<LogLook> AtPageAsync(
        IChangeLogReader reader, LookStart start, int limit, CancellationToken cancellation)
    {
        var head = await reader.ReadHeadAsync(cancellation).ConfigureAwait(false);
        var changes = await reader.ReadAfterAsync(start.After, limit, cancellation).ConfigureAwait(false);
        return new LogLook(start, head, changes, IsFull: changes.Count >= limit);
    }
}
