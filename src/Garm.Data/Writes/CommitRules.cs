using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.Writes;

/// <summary>
/// Rules over several rows, which no index and no foreign key holds (one administrator is left, say). What a unit of work
/// found before its transaction may have changed since, on this node or another; so they are asked again in the transaction,
/// after its rows are written, under the lock of the log's head. Every watched write takes that lock before it commits:
/// whoever asks under it sees all that came before, and nothing comes in between.
/// </summary>
internal sealed class CommitRules
{
    private readonly List<Func<Task>> _rules = [];

    /// <summary>Adds one: a query on the saving context that throws when the rule is broken.</summary>
    public void Add(Func<Task> rule) => _rules.Add(rule);

    /// <summary>Those that were added, which are forgotten with it.</summary>
    public IReadOnlyList<Func<Task>> Take()
    {
        if (_rules.Count == 0) return [];
        var taken = _rules.ToArray();
        _rules.Clear();
        return taken;
    }

    /// <summary>
    /// Takes the head's lock and asks them. Rows are written before, as every write does: two that took their locks in
    /// different orders would wait for each other.
    /// </summary>
    public static async Task EnforceAsync(
        DatabaseEngine engine, GarmDbContext db, IReadOnlyList<Func<Task>> rules, CancellationToken cancellation)
    {
        if (rules.Count == 0) return;
        var takeLock = engine.Statement(db.Database.CurrentTransaction!.GetDbTransaction(), ChangeLogHead.LockSql) with
        {
            CommandTimeout = db.Database.GetCommandTimeout(),
        };
        await takeLock.ExecuteAsync(cancellation).ConfigureAwait(false);
        foreach (var rule in rules) await rule().ConfigureAwait(false);
    }
}
