using Garm.Data.Engines;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Values;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Webhooks;

/// <summary>The entity that a delivery belongs to.</summary>
internal sealed record WebhookTarget(EntityKind Kind, RunnerEntity Entity, string ForgeUrl);

/// <summary>
/// Finds the entity that a delivery belongs to: the header gives its kind, the payload its name. A new kind needs a
/// line in <see cref="Finders"/>.
/// </summary>
internal static class WebhookTargets
{
    private delegate Task<(EntityKind Kind, RunnerEntity? Entity)> Finder(
        GarmDbContext db, WorkflowJobPayload payload, ForgeEndpoint endpoint, CancellationToken cancellation);

    // Compiled, because deliveries come in bursts.
    private static readonly CompiledQuery<Func<GarmDbContext, string, IAsyncEnumerable<ForgeEndpoint>>> EndpointsOf = new(() =>
        EF.CompileAsyncQuery((GarmDbContext db, string forgeType) =>
            db.Endpoints.Where(x => x.EndpointType == forgeType).OrderBy(x => x.Id).AsQueryable()));

    private static readonly CompiledQuery<Func<GarmDbContext, long, string, string, CancellationToken, Task<Repository?>>> RepositoryOf = new(() =>
        EF.CompileAsyncQuery((GarmDbContext db, long endpoint, string owner, string name, CancellationToken _) =>
            db.Repositories.SingleOrDefault(x => x.EndpointId == endpoint && x.NormalizedOwner == owner && x.NormalizedName == name)));

    private static readonly CompiledQuery<Func<GarmDbContext, long, string, CancellationToken, Task<Organization?>>> OrganizationOf = new(() =>
        EF.CompileAsyncQuery((GarmDbContext db, long endpoint, string name, CancellationToken _) =>
            db.Organizations.SingleOrDefault(x => x.EndpointId == endpoint && x.NormalizedName == name)));

    private static readonly Dictionary<string, Finder> Finders = new()
    {
        ["repository"] = FindRepositoryAsync,
        ["organization"] = FindOrganizationAsync,
        ["business"] = FindEnterpriseAsync,
        ["system"] = FindForgeInstanceAsync,
    };

    /// <summary>The entity, or what was not found; that is not an error of the sender.</summary>
    /// <exception cref="GarmException">400: the header or the job's URL is invalid.</exception>
    public static async Task<(WebhookTarget? Target, string? Missing)> FindAsync(
        GarmDbContext db, string forgeType, string hookType, WorkflowJobPayload payload, CancellationToken cancellation)
    {
        if (await FindEndpointAsync(db, forgeType, payload.Job.HtmlUrl, cancellation) is not { } endpoint)
            return (null, $"no {forgeType} endpoint has a base_url that matches {payload.Job.HtmlUrl}");
        if (!Finders.TryGetValue(hookType, out var find))
            throw GarmException.BadRequest($"cannot handle hook target type {hookType}");
        var (kind, entity) = await find(db, payload, endpoint, cancellation);
        return entity is null
            ? (null, $"the endpoint {endpoint.Name} has no {NameOf(hookType, payload)} here; if it was renamed at the forge, PUT its new name")
            : (new WebhookTarget(kind, entity, endpoint.BaseUrl.TrimEnd('/')), null);
    }

    /// <summary>The entity of the delivery, as the forge names it; empty when it names none.</summary>
    public static string NameOf(string hookType, WorkflowJobPayload payload) => hookType switch
    {
        "repository" => $"repository {payload.Repository?.Owner?.Login}/{payload.Repository?.Name}",
        "organization" => $"organization {payload.Organization?.Login ?? payload.Organization?.UserName ?? payload.Organization?.Name}",
        "business" => $"enterprise {payload.Enterprise?.Slug}",
        "system" => "forge instance",
        _ => "",
    };

    private static async Task<ForgeEndpoint?> FindEndpointAsync(
        GarmDbContext db, string forgeType, string? jobUrl, CancellationToken cancellation)
    {
        const string failed = "error finding endpoint for job: error parsing job URL";
        if (GoUrl.Parse(jobUrl ?? "") is not { Host.Length: > 0 } url)
            throw GarmException.BadRequest($"{failed}: \"{jobUrl}\" is not an absolute URL");
        if (url.HasUserInfo) throw GarmException.BadRequest($"{failed}: {GoUrl.UserInfoRefusal}");
        if (ForgeAddress.Parse(jobUrl) is not { } job) return null;
        var endpoints = await EndpointsOf.For(db)(db, forgeType).ToListAsync(cancellation);
        return endpoints
            .Select(x => (Endpoint: x, Address: ForgeAddress.Parse(x.BaseUrl)))
            .Where(x => x.Address?.Holds(job) == true)
            .OrderByDescending(x => x.Address!.Depth)
            .Select(x => x.Endpoint)
            .FirstOrDefault();
    }

    private static async Task<(EntityKind Kind, RunnerEntity? Entity)> FindRepositoryAsync(
        GarmDbContext db, WorkflowJobPayload payload, ForgeEndpoint endpoint, CancellationToken cancellation)
    {
        var owner = Normalized.Of(payload.Repository?.Owner?.Login ?? "");
        var name = Normalized.Of(payload.Repository?.Name ?? "");
        return (EntityKind.Repository, await RepositoryOf.For(db)(db, endpoint.Id, owner, name, cancellation));
    }

    private static async Task<(EntityKind Kind, RunnerEntity? Entity)> FindOrganizationAsync(
        GarmDbContext db, WorkflowJobPayload payload, ForgeEndpoint endpoint, CancellationToken cancellation)
    {
        var organization = payload.Organization;
        var name = Normalized.Of(endpoint.EndpointType == ForgeTypes.Gitea
            ? organization?.UserName ?? organization?.Name ?? organization?.Login ?? ""
            : organization?.Login ?? "");
        return (EntityKind.Organization, await OrganizationOf.For(db)(db, endpoint.Id, name, cancellation));
    }

    // A whole Gitea server is found without a name: an endpoint has at most one forge instance.
    private static async Task<(EntityKind Kind, RunnerEntity? Entity)> FindForgeInstanceAsync(
        GarmDbContext db, WorkflowJobPayload payload, ForgeEndpoint endpoint, CancellationToken cancellation) =>
        (EntityKind.ForgeInstance, await db.ForgeInstances.SingleOrDefaultAsync(x => x.EndpointId == endpoint.Id, cancellation));

    private static async Task<(EntityKind Kind, RunnerEntity? Entity)> FindEnterpriseAsync(
        GarmDbContext db, WorkflowJobPayload payload, ForgeEndpoint endpoint, CancellationToken cancellation)
    {
        var name = Normalized.Of(payload.Enterprise?.Slug ?? "");
        return (EntityKind.Enterprise, await db.Enterprises.SingleOrDefaultAsync(
            x => x.EndpointId == endpoint.Id && x.NormalizedName == name, cancellation));
    }
}
