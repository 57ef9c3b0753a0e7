using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Garm.Data;

/// <summary>
/// A compiled query for each model. A query is compiled against one model, each engine has a model of its own (texts have
/// other collations), and one process may have several engines, as the tests do.
/// </summary>
/// <param name="compile">Makes the query.</param>
internal sealed class PerModel<TQuery>(Func<TQuery> compile)
    where TQuery : Delegate
{
    private readonly ConditionalWeakTable<IModel, TQuery> _queries = [];

    /// <summary>The query for this context.</summary>
    public TQuery For(DbContext db) => _queries.GetValue(db.Model, _ => compile());
}
