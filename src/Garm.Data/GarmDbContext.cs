using System.Collections.Immutable;
using Garm.Data.ChangeLog;
using Garm.Data.Leases;
using Garm.Data.Model;
using Garm.Data.Nodes;
using Garm.Data.Secrets;
using Garm.Data.Webhooks;
using Garm.Data.Writes;
using Garm.Log;
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

    /// <summary>What every engine keeps of a second; see <see cref="GarmClock"/>.</summary>
    private const int MicrosecondDigits = 6;

    public DbSet<ControllerInfo> Controllers => Set<ControllerInfo>();
    public DbSet<User> Users => Set<User>();
    public DbSet<ForgeEndpoint> Endpoints => Set<ForgeEndpoint>();
    public DbSet<ForgeCredentials> Credentials => Set<ForgeCredentials>();
    public DbSet<GithubCredentials> GithubCredentials => Set<GithubCredentials>();
    public DbSet<GiteaCredentials> GiteaCredentials => Set<GiteaCredentials>();
    public DbSet<Repository> Repositories => Set<Repository>();
    public DbSet<Organization> Organizations => Set<Organization>();
    public DbSet<Enterprise> Enterprises => Set<Enterprise>();
    public DbSet<ForgeInstance> ForgeInstances => Set<ForgeInstance>();
    public DbSet<Pool> Pools => Set<Pool>();
    public DbSet<Tag> Tags => Set<Tag>();
    public DbSet<Proxy> Proxies => Set<Proxy>();
    public DbSet<Template> Templates => Set<Template>();
    public DbSet<ScaleSet> ScaleSets => Set<ScaleSet>();
    public DbSet<Instance> Instances => Set<Instance>();
    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
    public DbSet<WebhookOutcome> WebhookOutcomes => Set<WebhookOutcome>();
    public DbSet<FileObject> FileObjects => Set<FileObject>();
    public DbSet<FileContent> FileContents => Set<FileContent>();
    public DbSet<FileChunk> FileChunks => Set<FileChunk>();
    public DbSet<ChangeLogEntry> ChangeLog => Set<ChangeLogEntry>();
    public DbSet<ChangeLogHead> ChangeLogHeads => Set<ChangeLogHead>();
    public DbSet<Lease> Leases => Set<Lease>();
    public DbSet<ClusterNode> Nodes => Set<ClusterNode>();
    public DbSet<SealedKey> SecretKeys => Set<SealedKey>();

    /// <summary>
    /// Names the commit of the next save in the log; null for a name of its own. A unit of work that is tried again gives each
    /// attempt the same, and the log takes it once.
    /// </summary>
    internal Guid? CommitId { get; set; }

    /// <summary>
    /// The log rows of a save that has come to its commit; null before. A save that fails after that may be stored all the
    /// same.
    /// </summary>
    internal ImmutableArray<ChangeDraft>? CommitAttempt { get; set; }

    /// <summary>What the last successful save changed; null when it changed nothing that is watched.</summary>
    public ChangeBatch? LastCommit { get; private set; }

    /// <summary>What the next save must still find true at its commit; see <see cref="AtCommit"/>.</summary>
    internal CommitRules Rules { get; } = new();

    /// <summary>
    /// Has the next save ask this in its transaction, when nobody can write in between: a query on this context that throws
    /// when a rule over several rows is broken. It costs the save a round trip more, and one for each query, with the log's
    /// head locked.
    /// </summary>
    internal void AtCommit(Func<Task> rule) => Rules.Add(rule);

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
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>().HavePrecision(MicrosecondDigits);
        var texts = configurationBuilder.Properties<string>().HaveMaxLength(NameLength);
        if (recorder.Engine.TextCollation is { } collation) texts.UseCollation(collation);
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(GarmDbContext).Assembly);
}
