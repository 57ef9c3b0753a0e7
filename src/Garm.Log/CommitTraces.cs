using System.Collections.Concurrent;
using System.Diagnostics;

namespace Garm.Log;

/// <summary>Carries the trace of a commit from the write to the relay of its changes, within this process.</summary>
public static class CommitTraces
{
    /// <summary>The maximum number of waiting traces; the changes of a further commit are relayed without one.</summary>
    private const int Max = 1024;

    private static readonly ConcurrentDictionary<Guid, ActivityContext> Waiting = new();

    /// <summary>Keeps the trace until the commit's changes are relayed.</summary>
    public static void Keep(Guid commitId, ActivityContext trace)
    {
        if (Waiting.Count < Max) Waiting[commitId] = trace;
    }

    /// <summary>Takes the trace of this commit; false when there is none, or it was taken before.</summary>
    public static bool TryTake(Guid commitId, out ActivityContext trace) => Waiting.TryRemove(commitId, out trace);
}
