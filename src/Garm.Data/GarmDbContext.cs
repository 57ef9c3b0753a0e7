using Garm.Data.ChangeLog;
using Garm.Data.Entities;
using Garm.Data.Leases;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data;

/// <summary>
/// The hub's tables. One <see cref="SaveChangesAsync(bool, CancellationToken)"/> is one unit of work: one transaction that
/// holds the rows and their change log rows, or nothing. Transactions begun by hand, the synchronous form, and bulk
/// statements are refused, because they would go round the log.
/// </summary>
public sealed class GarmDbContext(DbContextOptions<GarmDbContext> options, ChangeRecorder recorder) : DbContext(options)
{
    /// <summary>The longest name or URL.</summary>
    internal const int NameLength = 256;

    public DbSet<ControllerInfo> Controllers => Set<ControllerInfo>();
    public DbSet<User> Users => Set<User>();
    public DbSet<ForgeEndpoint> Endpoints => Set<ForgeEndpoint>();
    public DbSet<GithubCredentials> GithubCredentials => Set<GithubCredentials>();
    public DbSet<Repository> Repositories => Set<Repository>();
    public DbSet<Organization> Organizations => Set<Organization>();
    public DbSet<Enterprise> Enterprises => Set<Enterprise>();
    public DbSet<Pool> Pools => Set<Pool>();
    public DbSet<Tag> Tags => Set<Tag>();
    public DbSet<Proxy> Proxies => Set<Proxy>();
    public DbSet<Template> Templates => Set<Template>();
    public DbSet<ChangeLogEntry> ChangeLog => Set<ChangeLogEntry>();
    public DbSet<ChangeLogHead> ChangeLogHeads => Set<ChangeLogHead>();
    public DbSet<Lease> Leases => Set<Lease>();

    /// <summary>What the last successful save changed; null when it changed nothing that is watched.</summary>
    public ChangeBatch? LastCommit { get; private set; }

    /// <summary>Makes the entity's update an event even where no shown value differs (a new secret, say).</summary>
    public void Touch(IWatchedEntity entity) => Entry(entity).Property(x => x.UpdatedAt).IsModified = true;

    /// <inheritdoc />
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var (rows, commit) = await recorder
            .SaveAsync(this, () => base.SaveChangesAsync(true, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        LastCommit = commit;
        return rows;
    }

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("use SaveChangesAsync: the change log is written with it");

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
        configurationBuilder.Properties<string>().HaveMaxLength(NameLength);
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(GarmDbContext).Assembly);
}
