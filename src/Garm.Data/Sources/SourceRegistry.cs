using Garm.Data.Engines;
using Garm.Data.Leases;
using Garm.Data.Model;
using Garm.Data.Model.Configurations;
using Garm.Data.Retries;
using Garm.Data.Secrets;
using Garm.Log.Sources;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Sources;

/// <summary>The tables <c>sources</c> and <c>source_statuses</c>, for the nodes.</summary>
internal sealed class SourceRegistry(
    IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine, DatabaseLease leases, SecretSealer sealer,
    IEnumerable<ISourceObserver> observers) : ISourceRegistry
{
    // Shorter than a lease lasts.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    internal const string ReportSql =
        "UPDATE source_statuses SET state = @state, message = @message, controller_id = @controller, version = @version, node = @node, "
        + "entities = @entities, repairs = @repairs, last_event_at = @event, last_list_at = @list WHERE source_id = @id";

    internal const string RemoveStatusSql = "DELETE FROM source_statuses WHERE source_id = @id";

    internal const string RemoveHostsSql = "DELETE FROM source_hosts WHERE source_id = @id";

    internal const string RemoveSql = "DELETE FROM sources WHERE id = @id";

    private readonly IReadOnlyList<ISourceObserver> _observers = [.. observers];
    private long _readings;

    /// <inheritdoc />
    public async Task<IReadOnlyList<SourceSettings>> ReadAsync(CancellationToken cancellation)
    {
        var reading = Interlocked.Increment(ref _readings);
        var settings = await BoundedWork.RunAsync(
            engine,
            contexts,
            Longest,
            async (db, _) =>
            {
                // Asked first, because most hubs have no source: the query of whole ones is the costliest to prepare at a start.
                if (!await db.Sources.AnyAsync(cancellation).ConfigureAwait(false)) return (IReadOnlyList<SourceSettings>)[];
                var sources = await db.Sources.AsNoTracking().Include(x => x.Status).Include(x => x.Hosts)
                    .ToListAsync(cancellation).ConfigureAwait(false);
                return [.. sources.Select(ToSettings)];
            },
            cancellation).ConfigureAwait(false);
        foreach (var observer in _observers) observer.OnSources(reading, settings);
        return settings;
    }

    /// <inheritdoc />
    public async Task<bool> ReportAsync(SourceLease lease, SourceReport report, CancellationToken cancellation) =>
        await leases.WriteFencedAsync(
            SourceLeases.GrantOf(lease),
            (own, db) => own.Statement(
                db, ReportSql, ("@id", lease.SourceId), ("@state", report.State), ("@message", Cut(report.Message)),
                ("@controller", report.ControllerId), ("@version", report.Version), ("@node", report.Node), ("@entities", report.Entities),
                ("@repairs", report.Repairs), ("@event", Time(report.LastEventAt)), ("@list", Time(report.LastListAt)))
                .ExecuteAsync(cancellation),
            cancellation).ConfigureAwait(false) is not null;

    /// <inheritdoc />
    public async Task<bool> RemoveAsync(SourceLease lease, CancellationToken cancellation) =>
        await leases.WriteFencedAsync(
            SourceLeases.GrantOf(lease),
            async (own, db) =>
            {
                foreach (var sql in (string[])[RemoveStatusSql, RemoveHostsSql, RemoveSql])
                    await own.Statement(db, sql, ("@id", lease.SourceId)).ExecuteAsync(cancellation).ConfigureAwait(false);
                return 1;
            },
            cancellation).ConfigureAwait(false) is not null;

    private SourceSettings ToSettings(Source source) => new(source.Id, source.Name, source.Revision)
    {
        Url = source.Url,
        Username = source.Username,
        Password = source.SealedPassword is { } password ? sealer.TryOpen(password, SecretPurposes.SourcePassword) : null,
        CaBundle = source.CaBundle,
        RelistEvery = TimeSpan.FromSeconds(source.RelistSeconds),
        IsEnabled = source.Enabled,
        IsLeaving = source.IsLeaving,
        Hosts = [.. source.Hosts.Select(x => x.Host)],
        ControllerId = source.Status.ControllerId,
        Repairs = source.Status.Repairs,
        LastEventAt = source.Status.LastEventAt,
        LastListAt = source.Status.LastListAt,
    };

    private static string Cut(string message) => message.Length <= SourceStatusConfiguration.MessageLength
        ? message
        : message[..SourceStatusConfiguration.MessageLength];

    // The database's own type for no time.
    private static object Time(DateTimeOffset? time) => time is { } known ? known.UtcDateTime.AsStored() : DBNull.Value;
}
