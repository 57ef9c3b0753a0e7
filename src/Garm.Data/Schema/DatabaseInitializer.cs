using Garm.Data.ChangeLog;
using Garm.Data.Controller;
using Garm.Data.Engines;
using Garm.Data.Model;
using Garm.Data.Retries;
using Garm.Data.Secrets;
using Garm.Data.States;
using Garm.Data.Templates;
using Garm.Data.Writes;
using Garm.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Garm.Data.Schema;

/// <summary>
/// Migrates a database to this build's schema and adds to a new one what GARM adds: a controller, the endpoint
/// <c>github.com</c> and the four built-in templates. Existing rows are not changed. Any number of nodes may do it at once.
/// </summary>
public sealed class DatabaseInitializer(
    IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine, WritePath path, DatabaseReads reads, ConflictLock conflicts,
    WriteRetryOptions retries, TimeProvider clock, SecretKeys keys, EntityStateKeeper states, ILogger<DatabaseInitializer>? log = null)
{
    /// <summary>The pause between two log lines of a start that waits.</summary>
    internal static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);

    private static readonly Action<ILogger, int, Exception?> TellWaiting = LoggerMessage.Define<int>(
        LogLevel.Information, new EventId(1, "MigrationWaiting"),
        "the schema is not ready after {Seconds} s: this node migrates the database, or waits for another one that does");

    /// <summary>
    /// Applies the migrations; the engine lets one process do it at a time. A migration has no time limit, and a node that
    /// waits for another node's migration has none either; both are logged.
    /// </summary>
    /// <exception cref="SchemaException">The database is newer than this build.</exception>
    /// <exception cref="DatabaseRefusedException">The database is not set up as the hub needs it.</exception>
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        await ReachAsync(mayChange: true, cancellation).ConfigureAwait(false);
        await UnhurriedAsync(MigrateOnceAsync, cancellation).ConfigureAwait(false);
    }

    /// <summary>Checks that the schema is this build's, without changing anything.</summary>
    /// <exception cref="SchemaException">The database is newer, older, or has no schema.</exception>
    /// <exception cref="DatabaseRefusedException">The database is not set up as the hub needs it.</exception>
    public async Task RequireSchemaAsync(CancellationToken cancellation)
    {
        await ReachAsync(mayChange: false, cancellation).ConfigureAwait(false);
        await UnhurriedAsync(RequireOnceAsync, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Adds the initial rows to a new database. When two nodes add the same rows, the unique keys let one
    /// of them succeed, and the other checks again. A node whose passphrases do not fit adds no entities.
    /// </summary>
    /// <exception cref="SecretsException">The passphrases do not fit.</exception>
    public async Task SeedAsync(CancellationToken cancellation)
    {
        // The head alone and first: the other rows are logged, and the log needs its head.
        await RetriedAsync(_ => SeedHeadAsync(cancellation), new RetryPauses(retries, clock, Random.Shared.NextDouble), cancellation)
            .ConfigureAwait(false);
        await keys.AdmitAsync(cancellation).ConfigureAwait(false);
        await Work().WriteAsync(db => AddEntitiesAsync(db, cancellation), cancellation).ConfigureAwait(false);

        // Filling the table for a large database of an older build takes time; each of its reads and writes has its own limit.
        await UnhurriedAsync(() => states.CatchUpAsync(cancellation), cancellation).ConfigureAwait(false);
    }

    /// <summary>Waits for a server that is still starting, or for another node that creates the same database at the same moment.</summary>
    private async Task ReachAsync(bool mayChange, CancellationToken cancellation)
    {
        // Building the model is this process's work: on a busy machine it takes seconds, which are not the database's.
        var first = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using (first.ConfigureAwait(false)) _ = first.Model;
        var pauses = new RetryPauses(retries, clock, Random.Shared.NextDouble);
        await RetriedAsync(
            async ending =>
            {
                var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
                await using var disposal = db.ConfigureAwait(false);
                await engine.ReachAsync(db, mayChange, ending).ConfigureAwait(false);
            },
            pauses, cancellation).ConfigureAwait(false);
    }

    private async Task RetriedAsync(Func<CancellationToken, Task> attempt, RetryPauses pauses, CancellationToken cancellation)
    {
        while (true)
        {
            using var time = new AttemptTime(pauses.Begin(), clock, cancellation);
            try
            {
                await attempt(time.Token).WaitAsync(time.Token).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (engine.IsTransient(e) || engine.IsMigrationRace(e) || time.IsEndOf(e, engine))
            {
                if (pauses.Next(RetryReason.Fault) is not { } pause)
                {
                    if (time.IsEndOf(e, engine)) throw retries.NoAnswer(e);
                    throw;
                }

                await Task.Delay(pause, clock, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Without a time limit; faults of a database that was reached before are retried.</summary>
    private Task UnhurriedAsync(Func<GarmDbContext, CancellationToken, Task> attempt, CancellationToken cancellation) =>

        // On its own thread, because SQLite's client works on the caller's.
        UnhurriedAsync(() => ToldAsync(Task.Run(() => OnContextAsync(attempt, cancellation), cancellation), cancellation), cancellation);

    private async Task UnhurriedAsync(Func<Task> attempt, CancellationToken cancellation)
    {
        var pauses = new RetryPauses(retries, clock, Random.Shared.NextDouble);
        while (true)
        {
            try
            {
                await attempt().ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (engine.IsTransient(e) || engine.IsMigrationRace(e) || e is TimeoutException)
            {
                if (pauses.Next(RetryReason.Fault) is not { } pause) throw;
                await Task.Delay(pause, clock, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task OnContextAsync(Func<GarmDbContext, CancellationToken, Task> attempt, CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        engine.LimitStatements(db, Timeout.InfiniteTimeSpan);
        try
        {
            await attempt(db, cancellation).ConfigureAwait(false);
            await engine.CheckSchemaAsync(db, cancellation).ConfigureAwait(false);
        }
        finally
        {
            engine.LimitStatements(db, null);
        }
    }

    private async Task ToldAsync(Task work, CancellationToken cancellation)
    {
        var begun = clock.GetTimestamp();
        using var telling = new PeriodicTimer(TellEvery, clock);
        var tick = telling.WaitForNextTickAsync(cancellation).AsTask();
        while (await Task.WhenAny(work, tick).ConfigureAwait(false) == tick && !work.IsCompleted)
        {
            if (log is not null) TellWaiting(log, (int)clock.GetElapsedTime(begun).TotalSeconds, null);
            await tick.ConfigureAwait(false);
            tick = telling.WaitForNextTickAsync(cancellation).AsTask();
        }

        await work.ConfigureAwait(false);
    }

    private async Task MigrateOnceAsync(GarmDbContext db, CancellationToken cancellation)
    {
        var known = db.Database.GetMigrations().ToList();
        if (known.SequenceEqual(await engine.AppliedMigrationsAsync(db, cancellation).ConfigureAwait(false)))
        {
            // The migrations' own lock is a row, so without this check a read-only database that needs no migration would be refused.
            return;
        }

        using var turn = await engine.EnterMigrationAsync(db, cancellation).ConfigureAwait(false);
        SchemaCheck.RefuseNewer(known, await engine.AppliedMigrationsAsync(db, cancellation).ConfigureAwait(false));
        if (await engine.TryCreateSchemaAsync(db, cancellation).ConfigureAwait(false)) return;
        await db.Database.MigrateAsync(cancellation).ConfigureAwait(false);
    }

    private async Task RequireOnceAsync(GarmDbContext db, CancellationToken cancellation)
    {
        var known = db.Database.GetMigrations().ToList();
        var applied = await engine.AppliedMigrationsAsync(db, cancellation).ConfigureAwait(false);
        SchemaCheck.RefuseNewer(known, applied);
        SchemaCheck.RefuseOlder(known, applied);
    }

    private async Task SeedHeadAsync(CancellationToken cancellation)
    {
        try
        {
            var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
            await using var disposal = db.ConfigureAwait(false);
            if (await db.ChangeLogHeads.AnyAsync(cancellation).ConfigureAwait(false)) return;
            db.ChangeLogHeads.Add(new ChangeLogHead { Id = 1, Epoch = LogEpoch.NewEpoch().Value, NextPosition = 1, StatePosition = 0 });
            await db.SaveChangesAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (engine.IsUniqueViolation(e))
        {
            // Another node was first; its epoch is used.
        }
    }

    private static async Task AddEntitiesAsync(GarmDbContext db, CancellationToken cancellation)
    {
        if (await db.Controllers.AnyAsync(cancellation).ConfigureAwait(false)) return;
        db.Controllers.Add(new ControllerInfo
        {
            Id = Guid.NewGuid(),
            AgentReleasesUrl = ControllerStore.DefaultAgentReleasesUrl,
            MinimumJobAgeBackoff = 30,
        });
        db.Endpoints.Add(new ForgeEndpoint
        {
            Name = "github.com",
            Description = "The github.com endpoint",
            ApiBaseUrl = "https://api.github.com/",
            UploadBaseUrl = "https://uploads.github.com/",
            BaseUrl = "https://github.com",
        });
        db.Templates.AddRange(BuiltInTemplates.Create());
    }

    private UnitOfWork Work() => new(path, reads, conflicts, retries, clock);
}
