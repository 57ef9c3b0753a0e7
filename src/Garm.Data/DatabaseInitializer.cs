using Garm.Data.ChangeLog;
using Garm.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data;

/// <summary>
/// Brings a database to this build's schema and gives a new one what GARM gives it: a controller, the endpoint
/// <c>github.com</c> and the four built-in templates. What is there is left alone.
/// </summary>
public sealed class DatabaseInitializer(IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine)
{
    private const int SeedAttempts = 5;

    /// <summary>Applies the migrations; the engine lets one process do it at a time.</summary>
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        await db.Database.MigrateAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Adds what a new database lacks. Of nodes that start at once one does it, and the others find it done.</summary>
    public async Task SeedAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await SeedOnceAsync(cancellation).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (attempt < SeedAttempts && (engine.IsUniqueViolation(e) || engine.IsTransient(e)))
            {
                // Another node was quicker: the next look sees what it has made.
            }
        }
    }

    private async Task SeedOnceAsync(CancellationToken cancellation)
    {
        using var turn = await engine.EnterWriteAsync(cancellation).ConfigureAwait(false);
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        if (!await db.ChangeLogHeads.AnyAsync(cancellation).ConfigureAwait(false))
        {
            // On its own and first: the entities below are logged, and the log needs its head.
            db.ChangeLogHeads.Add(new ChangeLogHead { Id = 1, Epoch = LogEpoch.NewEpoch().Value, NextPosition = 1 });
            await db.SaveChangesAsync(cancellation).ConfigureAwait(false);
        }

        if (await db.Controllers.AnyAsync(cancellation).ConfigureAwait(false)) return;
        db.Controllers.Add(new ControllerInfo
        {
            Id = Guid.NewGuid(),
            AgentReleasesUrl = "https://api.github.com/repos/cloudbase/garm-agent/releases",
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
        await db.SaveChangesAsync(cancellation).ConfigureAwait(false);
    }
}
