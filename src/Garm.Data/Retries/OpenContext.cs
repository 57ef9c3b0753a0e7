using Garm.Data.Engines;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Retries;

/// <summary>A context with an open connection, whose statements are limited by an attempt's time.</summary>
internal sealed class OpenContext : IAsyncDisposable
{
    private readonly DatabaseEngine _engine;

    private OpenContext(DatabaseEngine engine, GarmDbContext db)
    {
        _engine = engine;
        Db = db;
    }

    public GarmDbContext Db { get; }

    /// <summary>Opens one within the time.</summary>
    /// <exception cref="OperationCanceledException">The time is over, or the caller cancelled.</exception>
    public static async Task<OpenContext> OpenAsync(
        DatabaseEngine engine, IDbContextFactory<GarmDbContext> contexts, AttemptTime time)
    {
        var db = await contexts.CreateDbContextAsync(time.Token).ConfigureAwait(false);
        var opening = db.Database.OpenConnectionAsync(time.Token);
        try
        {
            // Not every client observes its token at all times (Npgsql does not while it waits for the server's answer about TLS).
            await opening.WaitAsync(time.Token).ConfigureAwait(false);
        }
        catch
        {
            if (opening.IsCompleted) await db.DisposeAsync().ConfigureAwait(false);
            else _ = DisposeAfterAsync(opening, db);
            throw;
        }

        engine.LimitStatements(db, time.Length);
        return new OpenContext(engine, db);
    }

    // Contexts are pooled, and some keep their connection open: the next user has its own time limit.
    public async ValueTask DisposeAsync()
    {
        _engine.LimitStatements(Db, null);
        await Db.Database.CloseConnectionAsync().ConfigureAwait(false);
        await Db.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task DisposeAfterAsync(Task opening, GarmDbContext db)
    {
        await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await db.DisposeAsync().ConfigureAwait(false);
    }
}
