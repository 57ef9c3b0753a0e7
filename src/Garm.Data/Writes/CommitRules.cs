using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.Writes;

/// <summary>
/// The rules of one attempt that concern several rows (one administrator is left, for example), which no index and no foreign key can
/// enforce. Rows that the attempt read before its transaction may have changed since, on this node or another. So the rules are checked
/// in the transaction, after its rows are written, under the lock of the log's head. Every watched write takes that lock before it
/// commits: a query under it sees every earlier commit, and no other write commits before this one.
/// </summary>
internal sealed class CommitRules
{
    private readonly List<Func<Task>> _rules = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _rules.Count == 0;

    /// <summary>
    /// Adds a rule: a query on the saving context that throws when the rule is broken. The first one costs the save a round trip, and
    /// each one its query, with the log's head locked.
    /// </summary>
    public void Add(Func<Task> rule) => _rules.Add(rule);

    /// <summary>
    /// Takes the head's lock and checks the rules. The rows must have been written before, as in every write: two writes that take
    /// their locks in different orders would deadlock.
    /// </summary>
    public async Task EnforceAsync(DatabaseEngine engine, GarmDbContext db, CancellationToken cancellation)
    {
        if (IsEmpty) return;
        if (!engine.TakesOneWriter) // Otherwise the transaction holds the lock of the whole database.
        {
            var takeLock = engine.Statement(db.Database.CurrentTransaction!.GetDbTransaction(), ChangeLogHead.LockSql) with
            {
                CommandTimeout = db.Database.GetCommandTimeout(),
            };
            await takeLock.ExecuteAsync(cancellation).ConfigureAwait(false);
        }

        foreach (var rule in _rules) await rule().ConfigureAwait(false);
    }
}
