using System.Runtime.ExceptionServices;
using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Garm.Data.Leases;
using Garm.Data.Model;
using Garm.Data.Nodes;
using Garm.Data.Secrets;
using Garm.Data.States;
using Garm.Data.Webhooks;
using Garm.Data.Writes;
using Garm.Log;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data;

/// <summary>
/// The hub's tables. One <see cref="SaveChangesAsync(bool, CancellationToken)"/> is one unit of work: one transaction that
/// stores the rows and their log rows, or nothing. Transactions begun by hand, the synchronous form, and bulk
/// statements are refused, because they would bypass the log.
/// </summary>
public sealed class GarmDbContext(DbContextOptions<GarmDbContext> options, DatabaseEngine engine, ChangeRecorder recorder) : DbContext(options)
{
    /// <summary>The longest name or URL.</summary>
    internal const int NameLength = 256;

    /// <summary>The fractional digits of a second that every engine stores; see <see cref="GarmClock"/>.</summary>
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
    internal DbSet<Source> Sources => Set<Source>();
    internal DbSet<SourceStatus> SourceStatuses => Set<SourceStatus>();
    internal DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
    public DbSet<WebhookOutcome> WebhookOutcomes => Set<WebhookOutcome>();
    public DbSet<FileObject> FileObjects => Set<FileObject>();
    public DbSet<FileContent> FileContents => Set<FileContent>();
    public DbSet<FileChunk> FileChunks => Set<FileChunk>();
    internal DbSet<ChangeLogEntry> ChangeLog => Set<ChangeLogEntry>();
    internal DbSet<ChangeLogHead> ChangeLogHeads => Set<ChangeLogHead>();
    internal DbSet<CurrentState> CurrentStates => Set<CurrentState>();
    internal DbSet<SnapshotHold> SnapshotHolds => Set<SnapshotHold>();
    internal DbSet<Lease> Leases => Set<Lease>();
    internal DbSet<ClusterNode> Nodes => Set<ClusterNode>();
    internal DbSet<SealedKey> SecretKeys => Set<SealedKey>();

    /// <summary>Makes the entity's update an event even when no visible value differs (a new secret, for example).</summary>
    public void Touch(IWatchedEntity entity) => Entry(entity).Property(x => x.UpdatedAt).IsModified = true;

    /// <inheritdoc />
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        try
        {
            return (await SaveAsync(SaveRequest.New(), cancellationToken).ConfigureAwait(false)).Rows;
        }
        catch (CommitUnansweredException e)
        {
            // A caller without a unit of work does not look up the commit in the log, and expects the engine's own exceptions.
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }

    /// <summary>Saves as one commit.</summary>
    /// <exception cref="CommitUnansweredException">The save failed at its commit, which may nevertheless be stored.</exception>
    internal Task<SaveOutcome> SaveAsync(SaveRequest request, CancellationToken cancellation) =>
        recorder.SaveAsync(this, request, () => base.SaveChangesAsync(true, cancellation), cancellation);

    /// <summary>Writes as one commit, which the caller makes; see <see cref="ChangeRecorder.StageAsync"/>.</summary>
    internal Task<StagedSave> StageAsync(SaveRequest request, CancellationToken cancellation) =>
        recorder.StageAsync(this, request, () => base.SaveChangesAsync(true, cancellation), cancellation);

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("use SaveChangesAsync: the change log is written with it");

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>().HavePrecision(MicrosecondDigits);
        var texts = configurationBuilder.Properties<string>().HaveMaxLength(NameLength);
        if (engine.TextCollation is { } collation) texts.UseCollation(collation);
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(GarmDbContext).Assembly);
}
