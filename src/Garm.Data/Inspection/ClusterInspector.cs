using Garm.Data.Engines;
using Garm.Data.Leases;
using Garm.Data.Nodes;
using Garm.Data.Retries;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Inspection;

/// <summary>A node, as the database knows it.</summary>
/// <param name="Address">Where its remoting listens.</param>
/// <param name="Joined">Whether it says that it is a member.</param>
/// <param name="SinceHeartbeat">The age of its last heartbeat, by the database's clock.</param>
/// <param name="IsLive">Whether the others count it as running.</param>
public sealed record NodeFacts(string Address, bool Joined, TimeSpan SinceHeartbeat, bool IsLive);

/// <summary>A lease: work that one node does at a time.</summary>
/// <param name="Name">What it is for; a source's is named by the source.</param>
/// <param name="Holder">Who holds it, or held it last.</param>
/// <param name="FencingToken">How often it was acquired.</param>
/// <param name="EndsIn">How long it lasts without a renewal, by the database's clock; null when no node holds it.</param>
public sealed record LeaseFacts(string Name, string Holder, long FencingToken, TimeSpan? EndsIn);

/// <summary>What the nodes share.</summary>
/// <param name="Nodes">By address; empty without a cluster.</param>
/// <param name="Leases">By name.</param>
/// <param name="StatePosition">How far the table of current states has every change; null until it is filled.</param>
/// <param name="FirstCommittedAt">When the oldest change of the log was committed; null for an empty log.</param>
public sealed record ClusterFacts(
    IReadOnlyList<NodeFacts> Nodes, IReadOnlyList<LeaseFacts> Leases, long? StatePosition, DateTime? FirstCommittedAt);

/// <summary>Reads the tables that nodes share, for people: nothing is decided by it.</summary>
public sealed class ClusterInspector(IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly string _now = $"SELECT {engine.NowMillisecondsSql}";

    /// <summary>Reads them.</summary>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public Task<ClusterFacts> ReadAsync(CancellationToken cancellation) =>
        BoundedWork.RunAsync(engine, contexts, Longest, (db, _) => ReadAsync(db, cancellation), cancellation);

    private async Task<ClusterFacts> ReadAsync(GarmDbContext db, CancellationToken cancellation)
    {
        var now = await NowAsync(db, cancellation).ConfigureAwait(false);
        var nodes = await db.Set<ClusterNode>().AsNoTracking().OrderBy(x => x.Address).ToListAsync(cancellation).ConfigureAwait(false);
        var leases = await db.Set<Lease>().AsNoTracking().OrderBy(x => x.Name).ToListAsync(cancellation).ConfigureAwait(false);
        var sources = await db.Sources.AsNoTracking().Select(x => new { x.Id, x.Name }).ToListAsync(cancellation).ConfigureAwait(false);
        var state = await db.ChangeLogHeads.AsNoTracking().Select(x => x.StatePosition).SingleAsync(cancellation).ConfigureAwait(false);
        var first = await db.ChangeLog.AsNoTracking().OrderBy(x => x.Position).Select(x => (DateTime?)x.CommittedAt)
            .FirstOrDefaultAsync(cancellation).ConfigureAwait(false);
        return new ClusterFacts(
            nodes.ConvertAll(x => new NodeFacts(
                x.Address, x.Joined, Since(x.HeartbeatAt), Since(x.HeartbeatAt) <= NodeRegistry.FreshFor)),
            leases.ConvertAll(x => new LeaseFacts(
                NameOf(x.Name), x.Holder, x.FencingToken,
                x.ExpiresAtMs > now ? TimeSpan.FromMilliseconds(x.ExpiresAtMs - now) : null)),
            state,
            first);

        TimeSpan Since(long at) => TimeSpan.FromMilliseconds(Math.Max(0, now - at));

        // A source's lease is named by the id of its row; people know the source by its name.
        string NameOf(string name) =>
            sources.FirstOrDefault(x => name.Contains(x.Id.ToString(), StringComparison.OrdinalIgnoreCase)
                || name.Contains(x.Id.ToString("N"), StringComparison.OrdinalIgnoreCase)) is { } source
                ? $"source {source.Name}"
                : name;
    }

    private async Task<long> NowAsync(GarmDbContext db, CancellationToken cancellation)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = _now;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false), System.Globalization.CultureInfo.InvariantCulture);
    }
}
