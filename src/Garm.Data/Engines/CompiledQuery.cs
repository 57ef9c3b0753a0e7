using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Garm.Data.Engines;

/// <summary>
/// A compiled query for each model and each tracking behaviour. EF Core fixes both when a compiled query runs first. Each engine
/// has its own model, because texts have different collations; and a query that ran first on a read's context would return untracked
/// entities to a write, whose changes are then not stored. All compiled queries are created here; a test finds those that are not.
/// </summary>
/// <param name="compile">Compiles the query.</param>
internal sealed class CompiledQuery<TQuery>(Func<TQuery> compile)
    where TQuery : Delegate
{
    private readonly ConditionalWeakTable<IModel, ConcurrentDictionary<QueryTrackingBehavior, TQuery>> _queries = [];

    /// <summary>The query for this context, with its current tracking behaviour.</summary>
    public TQuery For(DbContext db) => _queries.GetValue(db.Model, _ => [])
        .GetOrAdd(db.ChangeTracker.QueryTrackingBehavior, static (_, make) => make(), compile);
}
