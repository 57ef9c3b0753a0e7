using Garm.Data.Engines;
using Garm.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Garm.Bench.Log;

/// <summary>The same table, saved as EF Core saves it by itself: no log, no payload, and no transaction of its own.</summary>
internal sealed class PlainContext(DbContextOptions<PlainContext> options) : DbContext(options)
{
    public DbSet<Proxy> Proxies => Set<Proxy>();

    public static PooledDbContextFactory<PlainContext> Factory(DatabaseEngine engine)
    {
        var builder = new DbContextOptionsBuilder<PlainContext>();
        engine.Configure(builder);
        builder.UseSnakeCaseNamingConvention();
        return new PooledDbContextFactory<PlainContext>(builder.Options);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Proxy>(proxy =>
    {
        proxy.ToTable("proxies");
        proxy.Property(x => x.Version).IsConcurrencyToken();
    });
}
