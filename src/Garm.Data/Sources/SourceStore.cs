using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Secrets;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Sources;

/// <summary>The operations on sources, which GARM has not.</summary>
public sealed class SourceStore(UnitOfWork work, SecretSealer sealer, TimeProvider clock)
{
    /// <summary>All sources, by name; not those that are being removed.</summary>
    public Task<IReadOnlyList<SourceView>> ListAsync(CancellationToken cancellation) => work.ReadAsync(
        async db => (IReadOnlyList<SourceView>)
        [
            .. (await Whole(db).Where(x => !x.IsLeaving).OrderBy(x => x.Name).ToListAsync(cancellation)).Select(x => x.ToView()),
        ],
        cancellation);

    /// <summary>A source.</summary>
    public Task<SourceView> GetAsync(string name, CancellationToken cancellation) =>
        work.ReadAsync(async db => (await FindAsync(db, name, cancellation)).ToView(), cancellation);

    /// <summary>Whether a source of this name is still being removed.</summary>
    public Task<bool> IsLeavingAsync(string name, CancellationToken cancellation) =>
        work.ReadAsync(db => db.Sources.AnyAsync(x => x.Name == name && x.IsLeaving, cancellation), cancellation);

    /// <summary>Creates one.</summary>
    /// <exception cref="GarmException">400: a value is not accepted. 409: the name or a host is taken.</exception>
    public Task<SourceView> CreateAsync(CreateSourceRequest request, CancellationToken cancellation)
    {
        SourceRules.CheckNew(request);
        return work.WriteAsync(
            async db =>
            {
                await RefuseTakenAsync(db, request.Name!, cancellation);
                var source = New(request);
                await SetHostsAsync(db, source, SourceRules.Hosts(request.Hosts), cancellation);
                db.Sources.Add(source);
                return source;
            },
            source => source.ToView(),
            cancellation);
    }

    /// <summary>Changes what the request names.</summary>
    /// <exception cref="GarmException">400: a value is not accepted. 404: there is none. 409: a host is taken.</exception>
    public Task<SourceView> UpdateAsync(string name, UpdateSourceRequest request, CancellationToken cancellation)
    {
        SourceRules.CheckChange(name, request);
        return work.WriteAsync(
            async db =>
            {
                var source = await FindAsync(db, name, cancellation);
                await ChangeAsync(db, source, request, cancellation);
                return source;
            },
            source => source.ToView(),
            cancellation);
    }

    /// <summary>
    /// Begins to remove one: it is not shown any more, its entities get delete events, and then it is gone. Its name is taken until then.
    /// </summary>
    /// <exception cref="GarmException">404: there is none.</exception>
    public Task RemoveAsync(string name, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            var source = await FindAsync(db, name, cancellation);
            source.IsLeaving = true;
            source.Revision++;
            source.UpdatedAt = clock.UtcNow();
            db.RemoveRange(source.Hosts);
        },
        cancellation);

    /// <summary>Creates a source, or makes the one of that name so. The settings' sources go through here at each start.</summary>
    /// <exception cref="GarmException">400: a value is not accepted. 409: a host is another's, or the source is being removed.</exception>
    public Task SetAsync(CreateSourceRequest request, CancellationToken cancellation)
    {
        SourceRules.CheckNew(request);
        return work.WriteAsync(
            async db =>
            {
                var source = await Whole(db).SingleOrDefaultAsync(x => x.Name == request.Name && !x.IsLeaving, cancellation);
                if (source is null)
                {
                    await RefuseTakenAsync(db, request.Name!, cancellation);
                    db.Sources.Add(source = New(request));
                    await SetHostsAsync(db, source, SourceRules.Hosts(request.Hosts), cancellation);
                    return;
                }

                if (IsSo(source, request)) return;
                await ChangeAsync(db, source, AsChange(request), cancellation);
            },
            cancellation);
    }

    private static UpdateSourceRequest AsChange(CreateSourceRequest request) => new()
    {
        Url = request.Url,
        Username = request.Username,
        Password = request.Password,
        CaCertBundle = request.CaCertBundle ?? "",
        RelistSeconds = request.RelistSeconds ?? SourceRules.DefaultRelistSeconds,
        Enabled = request.Enabled,
        Hosts = request.Hosts ?? [],
    };

    // Several nodes start with the same settings: only the first one changes anything.
    private bool IsSo(Source source, CreateSourceRequest request) =>
        source.Url == SourceRules.Url(request.Url!)
        && source.Username == request.Username
        && source.SealedPassword is { } password && sealer.TryOpen(password, SecretPurposes.SourcePassword) == request.Password
        && source.CaBundle.AsSpan().SequenceEqual(SourceRules.Bundle(request.CaCertBundle))
        && source.RelistSeconds == (request.RelistSeconds ?? SourceRules.DefaultRelistSeconds)
        && source.Enabled == (request.Enabled ?? source.Enabled)
        && source.Hosts.Select(x => x.Host).ToHashSet().SetEquals(SourceRules.Hosts(request.Hosts));

    private Source New(CreateSourceRequest request)
    {
        var (id, now) = (Guid.CreateVersion7(), clock.UtcNow());
        return new Source
        {
            Id = id,
            Name = request.Name!,
            CreatedAt = now,
            UpdatedAt = now,
            Url = SourceRules.Url(request.Url!),
            Username = request.Username!,
            SealedPassword = sealer.Seal(request.Password!, SecretPurposes.SourcePassword),
            CaBundle = SourceRules.Bundle(request.CaCertBundle),
            RelistSeconds = (int)(request.RelistSeconds ?? SourceRules.DefaultRelistSeconds),
            Enabled = request.Enabled ?? true,
            Revision = 1,
            Status = new SourceStatus { SourceId = id },
        };
    }

    private async Task ChangeAsync(GarmDbContext db, Source source, UpdateSourceRequest request, CancellationToken cancellation)
    {
        if (request.Url is { } url) source.Url = SourceRules.Url(url);
        source.Username = request.Username ?? source.Username;
        if (request.Password is { } password) source.SealedPassword = sealer.Seal(password, SecretPurposes.SourcePassword);
        if (request.CaCertBundle is { } bundle) source.CaBundle = SourceRules.Bundle(bundle);
        source.RelistSeconds = (int)(request.RelistSeconds ?? source.RelistSeconds);
        source.Enabled = request.Enabled ?? source.Enabled;
        if (request.Hosts is { } hosts) await SetHostsAsync(db, source, SourceRules.Hosts(hosts), cancellation);
        source.Revision++;
        source.UpdatedAt = clock.UtcNow();
    }

    private static async Task SetHostsAsync(
        GarmDbContext db, Source source, IReadOnlyList<string> hosts, CancellationToken cancellation)
    {
        var taken = await db.Set<SourceHost>().Where(x => hosts.Contains(x.Host) && x.SourceId != source.Id)
            .Join(db.Sources, x => x.SourceId, x => x.Id, (host, owner) => new { host.Host, owner.Name })
            .FirstOrDefaultAsync(cancellation);
        if (taken is not null) throw GarmException.Conflict($"the host {taken.Host} is that of the source {taken.Name} already");
        db.RemoveRange(source.Hosts.Where(x => !hosts.Contains(x.Host)).ToList());
        var known = source.Hosts.Select(x => x.Host).ToHashSet();
        foreach (var host in hosts.Where(x => !known.Contains(x))) source.Hosts.Add(new SourceHost { Host = host, SourceId = source.Id });
        foreach (var added in source.Hosts.Where(x => !known.Contains(x.Host)).ToList()) db.Add(added);
    }

    private static IQueryable<Source> Whole(GarmDbContext db) => db.Sources.Include(x => x.Hosts).Include(x => x.Status);

    private static async Task<Source> FindAsync(GarmDbContext db, string name, CancellationToken cancellation) =>
        await Whole(db).SingleOrDefaultAsync(x => x.Name == name && !x.IsLeaving, cancellation)
        ?? throw GarmException.NotFound($"there is no source \"{name}\"");

    private static async Task RefuseTakenAsync(GarmDbContext db, string name, CancellationToken cancellation)
    {
        var taken = await db.Sources.Where(x => x.Name == name).Select(x => (bool?)x.IsLeaving).FirstOrDefaultAsync(cancellation);
        if (taken is null) return;
        throw GarmException.Conflict(taken.Value
            ? $"the source \"{name}\" is still being removed: its entities get their delete events; try again"
            : $"a source with the name \"{name}\" already exists");
    }
}
