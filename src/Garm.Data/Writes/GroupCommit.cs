using System.Diagnostics;
using Garm.Data.Engines;
using Garm.Data.Retries;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.Writes;

/// <summary>
/// Runs the units of work on an engine that takes one writer at a time, one after another on one context, and commits those that
/// waited for each other in one transaction: most of a write's time is the wait for the disk at its commit. A unit that fails is undone
/// alone; every unit is answered after the commit, because it may have read what the units before it wrote.
/// </summary>
/// <remarks>One thread runs the units of a group, so no thread has to be woken between two of them.</remarks>
public sealed class GroupCommit : IDisposable
{
    /// <summary>The maximum number of units in one transaction.</summary>
    internal const int MostUnits = 32;

    private readonly IDbContextFactory<GarmDbContext> _contexts;
    private readonly DatabaseEngine _engine;
    private readonly ChangeRecorder _recorder;
    private readonly Lock _gate = new();
    private readonly Queue<QueuedWrite> _waiting = new();
    private bool _isRunning;

    // One context for all groups: its connection keeps the pages that it read and wrote, which another connection's writes would
    // make invalid.
    private GarmDbContext? _db;

    /// <param name="contexts">Creates the context.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="recorder">Receives the commits.</param>
    public GroupCommit(IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine, ChangeRecorder recorder) =>
        (_contexts, _engine, _recorder) = (contexts, engine, recorder);

    /// <summary>Runs one attempt of a unit of work.</summary>
    /// <param name="stage">Reads, changes and stages, on a context without tracked entities.</param>
    /// <param name="time">The limit of the wait for its turn, and of each of its statements.</param>
    /// <returns>The result of <paramref name="stage"/>, after the commit.</returns>
    /// <exception cref="CommitUnansweredException">The commit failed, and may nevertheless be stored.</exception>
    internal Task<T> RunAsync<T>(Func<GarmDbContext, Task<(StagedSave Saved, T Result)>> stage, AttemptTime time)
    {
        time.Token.ThrowIfCancellationRequested();
        var write = new QueuedWrite<T>(stage, time);
        bool starts;
        lock (_gate)
        {
            _waiting.Enqueue(write);
            starts = !_isRunning;
            _isRunning = true;
        }

        if (starts) _ = RunGroupsAsync();
        return write.AnswerAsync();
    }

    /// <summary>
    /// The time after which no further unit begins in a transaction: the database's write lock is held for about so long, and the first
    /// unit waits for so long for its commit.
    /// </summary>
    internal TimeSpan Longest { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <inheritdoc />
    public void Dispose() => _db?.Dispose();

    private async Task RunGroupsAsync()
    {
        try
        {
            using var turn = await _engine.EnterWriteAsync(CancellationToken.None).ConfigureAwait(false);
            await RunGroupAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            while (Next() is { } write) write.Fail(e);
        }

        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _isRunning = false;
                return;
            }
        }

        // Not on this thread: its own request would wait for the others.
        ThreadPool.UnsafeQueueUserWorkItem(static x => _ = x.RunGroupsAsync(), this, preferLocal: false);
    }

    private async Task RunGroupAsync()
    {
        var group = new List<(QueuedWrite Write, StagedSave? Saved, Exception? Refusal)>();
        var began = Stopwatch.GetTimestamp();
        try
        {
            while (group.Count < MostUnits && Stopwatch.GetElapsedTime(began) < Longest && Next() is { } write)
            {
                try
                {
                    group.Add((write, await StageAsync(write).ConfigureAwait(false), null));
                }
                catch (TransactionLostException e)
                {
                    group.Add((write, null, e.InnerException));
                    throw;
                }
                catch (Exception e)
                {
                    group.Add((write, null, e));
                }
            }

            if (_db?.Database.CurrentTransaction is { } transaction) await CommitAsync(transaction).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Drop();
            var fault = e is TransactionLostException ? e.InnerException! : e;
            _recorder.Failed(fault);
            foreach (var (write, saved, _) in group)
            {
                write.Turn.Run(() => saved?.Span?.Dispose()); // A span that is not disposed is never exported.
                write.Fail(saved is null ? fault : new CommitUnansweredException(saved.Drafts, fault));
            }

            return;
        }

        foreach (var (write, saved, refusal) in group)
        {
            try
            {
                if (saved is not null) write.Turn.Run(() => _recorder.Report(saved));
                if (saved is not null) write.Succeed();
                else write.Fail(refusal!);
            }
            catch (Exception e)
            {
                write.Fail(e); // The others are answered nevertheless.
            }
        }
    }

    private async Task<StagedSave> StageAsync(QueuedWrite write)
    {
        _db ??= await OpenAsync().ConfigureAwait(false);
        _db.ChangeTracker.Clear();
        _engine.LimitStatements(_db, write.Turn.Time.Length);
        return await write.StageAsync(_db).ConfigureAwait(false);
    }

    private async Task<GarmDbContext> OpenAsync()
    {
        var db = await _contexts.CreateDbContextAsync().ConfigureAwait(false);
        try
        {
            await db.Database.OpenConnectionAsync().ConfigureAwait(false);
            return db;
        }
        catch
        {
            await db.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task CommitAsync(IDbContextTransaction transaction)
    {
        await using var disposal = transaction.ConfigureAwait(false);
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private QueuedWrite? Next()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var write))
            {
                if (write.Turn.TryTake()) return write;
            }
        }

        return null;
    }

    // The next group begins with another context, because the state of this one is not known.
    private void Drop()
    {
        try
        {
            _db?.Dispose();
        }
        catch (Exception)
        {
            // The failure of the group is reported already.
        }

        _db = null;
    }
}
