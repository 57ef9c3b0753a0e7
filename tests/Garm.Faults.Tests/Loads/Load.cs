using System.Diagnostics;
using System.Globalization;
using Garm.Faults.Tests.Ledgers;
using Garm.Faults.Tests.Support;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Faults.Tests.Loads;

/// <summary>
/// Writers and subscribers on all nodes of a cluster while faults happen, and the verdict in the end. One subscriber
/// begins at each node, one of them with a narrow filter, and one more stays at its node however long that is silent. A client's cache
/// follows beside them.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    /// <summary>The limit after a fault until the last subscriber has seen every acknowledged write; the measured time is reported.</summary>
    public static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FaultCluster _cluster;
    private readonly int _writers;
    private readonly CancellationTokenSource _stopWriting = new();
    private readonly CancellationTokenSource _stopListening = new();
    private readonly List<Subscriber> _subscribers = [];
    private readonly List<Writer> _atWork = [];
    private readonly List<Task> _writing = [];
    private readonly List<Task> _listening = [];
    private readonly CacheCopy _copy;
    private IReadOnlyList<string> _beforeEnd = [];
    private long _faultEnd;

    private Load(FaultCluster cluster, int writers) => (_cluster, _writers, _copy) = (cluster, writers, new CacheCopy(cluster));

    public LoadRecord Record { get; } = new();

    /// <summary>Starts; every subscriber is live when this returns, and writes are acknowledged.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="writers">The number of nodes at which writers begin; all by default.</param>
    public static async Task<Load> StartAsync(FaultCluster cluster, int? writers = null)
    {
        var load = new Load(cluster, writers ?? cluster.Count);
        try
        {
            for (var i = 0; i < cluster.Count; i++) load.Listen($"wide-{i}", i);
            load.Listen("narrow", cluster.Count - 1, isNarrow: true);
            load.Listen("patient", cluster.Count - 1, patience: Patience);
            await Task.WhenAll([.. load._subscribers.Select(x => x.Live), load._copy.Synced]).WaitAsync(Patience);
            if (writers != 0) await load.StartWritingAsync();
            return load;
        }
        catch
        {
            await load.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the writers; some writes are acknowledged when this returns.</summary>
    public Task StartWritingAsync()
    {
        for (var i = 0; i < Math.Max(_writers, 1); i++) Write($"w{i}", i);
        return WriteMoreAsync();
    }

    /// <summary>Waits until more writes are acknowledged.</summary>
    public async Task WriteMoreAsync(int count = 30)
    {
        var goal = Record.Acknowledged + count;
        await Retry.UntilAsync(
            $"{goal} writes are acknowledged", () => Task.FromResult(Record.Acknowledged >= goal || Record.Surprises.Count > 0), Patience);
    }

    /// <summary>Waits until no writer makes progress: each has waited this long for an answer.</summary>
    public Task UntilWritersWaitAsync(TimeSpan atLeast) => Retry.UntilAsync(
        $"every writer has waited {atLeast.TotalSeconds} s for an answer", () => Task.FromResult(_atWork.TrueForAll(x => x.Waits >= atLeast)), Patience);

    /// <summary>The fault is over: acknowledged writes must be seen within the limit.</summary>
    /// <param name="others">Writes that were not acknowledged, but must also be seen.</param>
    public void EndFault(params string[] others) =>
        (_beforeEnd, _faultEnd) = ([.. Record.AcknowledgedSoFar(), .. others], Stopwatch.GetTimestamp());

    /// <summary>Writes a little more, waits until everything was seen, and checks the ledger.</summary>
    public async Task FinishAsync(string fault, ITestOutputHelper output, int runs = 1)
    {
        await WriteMoreAsync();
        await _stopWriting.CancelAsync();
        await Task.WhenAll(_writing);

        // After the last acknowledged write only requests without a waiting client are still in progress.
        var verdict = await JudgeAsync();
        var all = Record.AcknowledgedSoFar();
        var recovery = Record.LongestWait(_beforeEnd, _faultEnd);
        var maybe = Record.ToLedger(new HashSet<string>()).Written.Count - all.Count;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""
            {"fault":"{{fault}}","engine":"{{_cluster.Provider}}","runs":{{runs}},"acknowledged":{{all.Count}},"answers_lost":{{maybe}},"failed":{{Record.Refused}},"lost":{{verdict.Lost.Count}},"doubled":{{verdict.Doubled.Count}},"reordered":{{verdict.Reordered.Count}},"recovery_ms":{{recovery.TotalMilliseconds:0}},"longest_silence_ms":{{Record.LongestWait(all, 0).TotalMilliseconds:0}},"breaks":{{Record.Count(x => x.Breaks)}}}
            """));

        Assert.Empty(Record.Surprises);
        Assert.Equal(0, Record.Count(x => x.Refusals.Count));
        Assert.True(verdict.IsClean, verdict.ToString());
        Assert.InRange(recovery, TimeSpan.Zero, RecoveryLimit);
        await _copy.UntilItHasAsync(_cluster.StoredAsync, RecoveryLimit);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopWriting.CancelAsync();
        await _stopListening.CancelAsync();
        await Task.WhenAll([.. _writing, .. _listening]);
        await _copy.DisposeAsync();
        _stopWriting.Dispose();
        _stopListening.Dispose();
    }

    private async Task<Verdict> JudgeAsync()
    {
        Verdict verdict = null!;
        try
        {
            await Retry.UntilAsync(
                "the verdict is clean, or will not mend",
                async () =>
                {
                    verdict = Record.ToLedger(await _cluster.StoredAsync()).Judge();
                    return verdict.IsClean || !verdict.MayMend;
                },
                RecoveryLimit);
        }
        catch (TimeoutException)
        {
            // Says more than that the time is over.
        }

        return verdict;
    }

    private void Write(string name, int node)
    {
        var writer = new Writer(name, _cluster, node, Record);
        _atWork.Add(writer);
        _writing.Add(Task.Run(() => writer.RunAsync(_stopWriting.Token)));
    }

    private void Listen(string name, int node, bool isNarrow = false, TimeSpan? patience = null)
    {
        var record = Record.Add(name, isNarrow);
        var subscriber = patience is { } long_
            ? new Subscriber(record, _cluster, node, Record) { Patience = long_ }
            : new Subscriber(record, _cluster, node, Record);
        _subscribers.Add(subscriber);
        _listening.Add(Task.Run(() => subscriber.RunAsync(_stopListening.Token)));
    }
}
