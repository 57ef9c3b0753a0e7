using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Secrets;
using Garm.Data.Values;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Proxies;

/// <summary>The operations on proxies; checks and messages are GARM's (recorded in <c>proxy-crud</c>).</summary>
public sealed class ProxyStore(UnitOfWork work, SecretSealer sealer)
{
    private const string Taken = "a proxy already exists with the specified name";
    private const string NoProxyUrl = "at least one of http_proxy or https_proxy must be set";
    private const string PasswordAlone = "password cannot be set without a username";

    /// <summary>All proxies, by creation time.</summary>
    public Task<IReadOnlyList<ProxyView>> ListAsync(CancellationToken cancellation) => work.ReadAsync(
        async db => (IReadOnlyList<ProxyView>)[.. (await db.Proxies.OrderBy(x => x.Id).ToListAsync(cancellation)).Select(x => x.ToView())],
        cancellation);

    /// <summary>A proxy.</summary>
    public Task<ProxyView> GetAsync(long id, CancellationToken cancellation) => work.ReadAsync(
        async db => (await FindAsync(db, id, cancellation)
            ?? throw GarmException.NotFound("failed to get proxy: failed to get proxy: not found")).ToView(),
        cancellation);

    /// <summary>Creates a proxy.</summary>
    public Task<ProxyView> CreateAsync(CreateProxyRequest request, CancellationToken cancellation)
    {
        Validate(request);
        return work.WriteAsync(
            async db =>
            {
                if (await IsTakenAsync(db, request.Name!, 0, cancellation))
                    throw GarmException.Conflict($"failed to create proxy: {Taken}");
                var proxy = new Proxy
                {
                    Name = request.Name!,
                    Description = request.Description ?? "",
                    HttpProxy = request.HttpProxy ?? "",
                    HttpsProxy = request.HttpsProxy ?? "",
                    NoProxy = request.NoProxy ?? "",
                    Username = request.Username ?? "",
                    SealedPassword = Seal(request.Password),
                };
                db.Proxies.Add(proxy);
                return proxy;
            },
            proxy => proxy.ToView(),
            cancellation);
    }

    /// <summary>Changes the fields that the request has; a user name or a password always counts as a change.</summary>
    public Task<ProxyView> UpdateAsync(long id, UpdateProxyRequest request, CancellationToken cancellation)
    {
        const string failed = "failed to update proxy: failed to update proxy";
        Validate(request);
        return work.WriteAsync(
            async db =>
            {
                var proxy = await FindAsync(db, id, cancellation)
                    ?? throw GarmException.NotFound($"{failed}: failed to get proxy: not found");
                proxy.Name = request.Name ?? proxy.Name;
                proxy.Description = request.Description ?? proxy.Description;
                proxy.HttpProxy = request.HttpProxy ?? proxy.HttpProxy;
                proxy.HttpsProxy = request.HttpsProxy ?? proxy.HttpsProxy;
                proxy.NoProxy = request.NoProxy ?? proxy.NoProxy;
                proxy.Username = request.Username ?? proxy.Username;
                if (request.Password is { } password) proxy.SealedPassword = Seal(password);
                if (request.Username is not null || request.Password is not null) db.Touch(proxy);

                if (proxy.HttpProxy.Length == 0 && proxy.HttpsProxy.Length == 0)
                    throw GarmException.BadRequest($"{failed}: {NoProxyUrl}");
                if (proxy.Username.Length == 0 && proxy.SealedPassword is not null)
                    throw GarmException.BadRequest($"{failed}: error updating proxy credentials: {PasswordAlone}");
                if (request.Name is { } name && await IsTakenAsync(db, name, id, cancellation))
                    throw GarmException.Conflict($"{failed}: {Taken}");
                return proxy;
            },
            proxy => proxy.ToView(),
            cancellation);
    }

    /// <summary>Deletes a proxy if it exists. Refused while a pool or a scale set uses it.</summary>
    public Task DeleteAsync(long id, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            if (await FindAsync(db, id, cancellation) is not { } proxy) return;
            if (await db.Pools.AnyAsync(x => x.ProxyId == id, cancellation)
                || await db.ScaleSets.AnyAsync(x => x.ProxyId == id, cancellation))
                throw GarmException.BadRequest("failed to delete proxy: failed to delete proxy: cannot delete proxy while in use by pools or scale sets");
            db.Proxies.Remove(proxy);
        },
        cancellation);

    private static void Validate(CreateProxyRequest request)
    {
        const string failed = "failed to validate create params";
        if (string.IsNullOrEmpty(request.Name)) throw GarmException.BadRequest($"{failed}: name cannot be empty");
        if (string.IsNullOrEmpty(request.HttpProxy) && string.IsNullOrEmpty(request.HttpsProxy))
            throw GarmException.BadRequest($"{failed}: {NoProxyUrl}");
        ValidateUrl(request.HttpProxy, failed);
        ValidateUrl(request.HttpsProxy, failed);
        if (string.IsNullOrEmpty(request.Username) && !string.IsNullOrEmpty(request.Password))
            throw GarmException.BadRequest($"{failed}: {PasswordAlone}");
    }

    private static void Validate(UpdateProxyRequest request)
    {
        const string failed = "failed to validate update params";
        if (request.Name is "") throw GarmException.BadRequest($"{failed}: name cannot be empty");
        ValidateUrl(request.HttpProxy, failed);
        ValidateUrl(request.HttpsProxy, failed);
    }

    private static void ValidateUrl(string? url, string failed)
    {
        if (string.IsNullOrEmpty(url)) return;
        var parsed = GoUrl.Parse(url) ?? throw GarmException.BadRequest($"{failed}: invalid proxy URL: {GoText.Quote(url)}");
        if (parsed.Scheme is not ("http" or "https" or "socks5"))
        {
            throw GarmException.BadRequest(
                $"{failed}: invalid proxy URL scheme {GoText.Quote(parsed.Scheme)}; supported schemes are http, https and socks5");
        }

        if (parsed.Host.Length == 0)
            throw GarmException.BadRequest($"{failed}: invalid proxy URL: {GoText.Quote(url)}; missing host");
        if (parsed.HasUserInfo)
        {
            throw GarmException.BadRequest(
                $"{failed}: proxy URLs must not embed credentials; use the username and password fields instead");
        }
    }

    private byte[]? Seal(string? password) =>
        string.IsNullOrEmpty(password) ? null : sealer.Seal(password, SecretPurposes.ProxyPassword);

    private static Task<Proxy?> FindAsync(GarmDbContext db, long id, CancellationToken cancellation) =>
        db.Proxies.SingleOrDefaultAsync(x => x.Id == id, cancellation);

    private static Task<bool> IsTakenAsync(GarmDbContext db, string name, long exceptId, CancellationToken cancellation)
    {
        var normalized = Normalized.Of(name);
        return db.Proxies.AnyAsync(x => x.NormalizedName == normalized && x.Id != exceptId, cancellation);
    }
}
