using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Garm.Data.Engines;

/// <summary>
/// A compiled query for each model and each tracking behaviour. EF Core fixes both when a compiled query runs first: each engine
/// has a model of its own (texts have other collations), and a query that ran first on a read's context would give a write untracked
/// entities, whose changes are not stored. All compiled queries are made here; a test finds those that are not.
/// </summary>
/// <param name="compile">Makes the query.</param>
internal sealed class CompiledQuery<TQuery>(Func<TQuery> compile)
    where TQuery : Delegate
{
    private readonly ConditionalWeakTable<IModel, ConcurrentDictionary<QueryTrackingBehavior, TQuery>> _queries = [];

    /// <summary>The query for this context, as it tracks now.</summary>
    public TQuery For(DbContext db) => _queries.GetValue(db.Model, _ => [])
        .GetOrAdd(db.ChangeTracker.QueryTrackingBehavior, static (_, make) => make(), compile);
}
