using Garm.Data.ChangeLog;
using Garm.Data.Entities;
using Garm.Data.Secrets;
using Garm.Data.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data;

/// <summary>
/// Brings a database to this build's schema and gives a new one what GARM gives it: a controller, the endpoint
/// <c>github.com</c> and the four built-in templates. What is there is left alone. Any number of nodes may do it at once.
/// </summary>
public sealed class DatabaseInitializer(
    IDbContextFactory<GarmDbContext> contexts, ChangeRecorder recorder, DatabaseReads reads, WriteRetryOptions retries, TimeProvider clock,
    SecretKeys keys)
{
    private readonly DatabaseEngine _engine = recorder.Engine;

    /// <summary>Applies the migrations; the engine lets one process do it at a time.</summary>
    /// <exception cref="SchemaException">The database is newer than this build.</exception>
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        var pauses = new RetryPauses(retries, clock, Random.Shared.NextDouble);
        while (true)
        {
            try
            {
                await MigrateOnceAsync(cancellation).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (_engine.IsTransient(e) || _engine.IsMigrationRace(e))
            {
                // A server that is still starting, or another node that made the same database at the same moment.
                if (pauses.Next(RetryReason.Fault) is not { } pause) throw;
                await Task.Delay(pause, clock, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Makes sure that the schema is this build's, and changes nothing.</summary>
    /// <exception cref="SchemaException">The database is newer, older, or has no schema.</exception>
    public async Task RequireSchemaAsync(CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        var known = db.Database.GetMigrations().ToList();
        var applied = await AppliedAsync(db, cancellation).ConfigureAwait(false);
        SchemaCheck.RefuseNewer(known, applied);
        SchemaCheck.RefuseOlder(known, applied);
    }

    /// <summary>
    /// Adds what a new database lacks. Two nodes that find the same thing lacking both add it, and the unique keys let one
    /// of them through; the other looks again. A node whose passphrases do not fit adds no entities.
    /// </summary>
    /// <exception cref="SecretsException">The passphrases do not fit.</exception>
    public async Task SeedAsync(CancellationToken cancellation)
    {
        // The head on its own and first: the entities are logged, and the log needs its head.
        await SeedHeadAsync(cancellation).ConfigureAwait(false);
        await keys.AdmitAsync(cancellation).ConfigureAwait(false);
        await Work().WriteAsync(db => AddEntitiesAsync(db, cancellation), cancellation).ConfigureAwait(false);
    }

    private async Task MigrateOnceAsync(CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        var known = db.Database.GetMigrations().ToList();
        if (known.SequenceEqual(await AppliedAsync(db, cancellation).ConfigureAwait(false)))
        {
            // The migrations' own lock is a row: a database that cannot be written, and needs no migration, would be refused.
            return;
        }

        using var turn = await _engine.EnterMigrationAsync(db, cancellation).ConfigureAwait(false);
        SchemaCheck.RefuseNewer(known, await AppliedAsync(db, cancellation).ConfigureAwait(false));
        await db.Database.MigrateAsync(cancellation).ConfigureAwait(false);
    }

    private static async Task<List<string>> AppliedAsync(GarmDbContext db, CancellationToken cancellation)
    {
        // A database that does not exist has no history to be read.
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(cancellation).ConfigureAwait(false)) return [];
        return [.. await db.Database.GetAppliedMigrationsAsync(cancellation).ConfigureAwait(false)];
    }

    private async Task SeedHeadAsync(CancellationToken cancellation)
    {
        try
        {
            var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
            await using var disposal = db.ConfigureAwait(false);
            if (await db.ChangeLogHeads.AnyAsync(cancellation).ConfigureAwait(false)) return;
            db.ChangeLogHeads.Add(new ChangeLogHead { Id = 1, Epoch = LogEpoch.NewEpoch().Value, NextPosition = 1 });
            await db.SaveChangesAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (_engine.IsUniqueViolation(e))
        {
            // Another node was first; its epoch is the one.
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

    private UnitOfWork Work() => new(contexts, recorder, reads, retries, clock);
}
