using Garm.Data;
using Garm.Data.Engines;
using Garm.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Garm.Bench.Log;

/// <summary>The writes as EF Core does them by itself.</summary>
internal static class PlainWrites
{
    /// <summary>Reads a row, changes it, saves it.</summary>
    public static async Task BareAsync(DatabaseEngine engine, IDbContextFactory<PlainContext> contexts, long id, int turn)
    {
        using var own = await engine.EnterWriteAsync(default);
        await using var db = await contexts.CreateDbContextAsync();
        var proxy = await db.Proxies.SingleAsync(x => x.Id == id);
        proxy.Description = $"change {turn}";
        await SaveAsync(db, proxy);
    }

    /// <summary>What the hub asks and does when a proxy gets another name.</summary>
    public static async Task RenameAsync(DatabaseEngine engine, IDbContextFactory<PlainContext> contexts, long id, int turn)
    {
        using var own = await engine.EnterWriteAsync(default);
        await using var db = await contexts.CreateDbContextAsync();
        var proxy = await db.Proxies.SingleOrDefaultAsync(x => x.Id == id) ?? throw new InvalidOperationException("no such row");
        var name = $"p{id}-{turn}";
        if (await db.Proxies.AnyAsync(x => x.NormalizedName == name && x.Id != id)) throw new InvalidOperationException("taken");
        proxy.Name = name;
        await SaveAsync(db, proxy);
    }

    private static Task SaveAsync(PlainContext db, Proxy proxy)
    {
        proxy.UpdatedAt = TimeProvider.System.UtcNow();
        proxy.Version++;
        return db.SaveChangesAsync();
    }
}
