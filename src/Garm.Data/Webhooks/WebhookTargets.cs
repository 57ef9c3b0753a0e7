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
    // One statement finds all endpoints of the forge's type, each with its entity of the delivery's name. Compiled, because deliveries come in
    // bursts.
    private static readonly CompiledQuery<Func<GarmDbContext, string, string, string, IAsyncEnumerable<Candidate>>> Repositories = new(() =>
        EF.CompileAsyncQuery((GarmDbContext db, string forgeType, string owner, string name) =>
            from endpoint in db.Endpoints
            where endpoint.EndpointType == forgeType
            from found in db.Repositories
                .Where(x => x.EndpointId == endpoint.Id && x.NormalizedOwner == owner && x.NormalizedName == name).DefaultIfEmpty()
            orderby endpoint.Id
            select new Candidate(endpoint.Name, endpoint.BaseUrl, found)));

    private static readonly CompiledQuery<Func<GarmDbContext, string, string, IAsyncEnumerable<Candidate>>> Organizations = new(() =>
        EF.CompileAsyncQuery((GarmDbContext db, string forgeType, string name) =>
            from endpoint in db.Endpoints
            where endpoint.EndpointType == forgeType
            from found in db.Organizations.Where(x => x.EndpointId == endpoint.Id && x.NormalizedName == name).DefaultIfEmpty()
            orderby endpoint.Id
            select new Candidate(endpoint.Name, endpoint.BaseUrl, found)));

    private static readonly CompiledQuery<Func<GarmDbContext, string, string, IAsyncEnumerable<Candidate>>> Enterprises = new(() =>
        EF.CompileAsyncQuery((GarmDbContext db, string forgeType, string name) =>
            from endpoint in db.Endpoints
            where endpoint.EndpointType == forgeType
            from found in db.Enterprises.Where(x => x.EndpointId == endpoint.Id && x.NormalizedName == name).DefaultIfEmpty()
            orderby endpoint.Id
            select new Candidate(endpoint.Name, endpoint.BaseUrl, found)));

    // A whole Gitea server is found without a name: an endpoint has at most one forge instance.
    private static readonly CompiledQuery<Func<GarmDbContext, string, IAsyncEnumerable<Candidate>>> ForgeInstances = new(() =>
        EF.CompileAsyncQuery((GarmDbContext db, string forgeType) =>
            from endpoint in db.Endpoints
            where endpoint.EndpointType == forgeType
            from found in db.ForgeInstances.Where(x => x.EndpointId == endpoint.Id).DefaultIfEmpty()
            orderby endpoint.Id
            select new Candidate(endpoint.Name, endpoint.BaseUrl, found)));

    private static readonly Dictionary<string, Finder> Finders = new()
    {
        ["repository"] = new(EntityKind.Repository, (db, type, payload) => Repositories.For(db)(
            db, type, Normalized.Of(payload.Repository?.Owner?.Login ?? ""), Normalized.Of(payload.Repository?.Name ?? ""))),
        ["organization"] = new(EntityKind.Organization, (db, type, payload) => Organizations.For(db)(db, type, OrganizationOf(type, payload))),
        ["business"] = new(EntityKind.Enterprise, (db, type, payload) => Enterprises.For(db)(db, type, Normalized.Of(payload.Enterprise?.Slug ?? ""))),
        ["system"] = new(EntityKind.ForgeInstance, (db, type, _) => ForgeInstances.For(db)(db, type)),
    };

    /// <summary>The entity, or what was not found; that is not an error of the sender.</summary>
    /// <exception cref="GarmException">400: the header or the job's URL is invalid.</exception>
    public static async Task<(WebhookTarget? Target, string? Missing)> FindAsync(
        GarmDbContext db, string forgeType, string hookType, WorkflowJobPayload payload, CancellationToken cancellation)
    {
        var job = JobAddress(payload.Job.HtmlUrl);

        // GARM looks for the endpoint before it refuses an unknown type of target; any finder lists the endpoints.
        var isKnown = Finders.TryGetValue(hookType, out var known);
        var finder = known ?? Finders["system"];
        var candidates = finder.Find(db, forgeType, payload);
        var found = job is null ? null : Nearest(await candidates.ToListAsync(cancellation), job);
        if (found is null) return (null, $"no {forgeType} endpoint has a base_url that matches {payload.Job.HtmlUrl}");
        if (!isKnown) throw GarmException.BadRequest($"cannot handle hook target type {hookType}");
        return found.Entity is null
            ? (null, $"the endpoint {found.EndpointName} has no {NameOf(hookType, payload)} here; if it was renamed at the forge, PUT its new name")
            : (new WebhookTarget(finder.Kind, found.Entity, found.BaseUrl.TrimEnd('/')), null);
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

    // Null for a URL that no endpoint can have.
    private static ForgeAddress? JobAddress(string? jobUrl)
    {
        const string failed = "error finding endpoint for job: error parsing job URL";
        if (GoUrl.Parse(jobUrl ?? "") is not { Host.Length: > 0 } url)
            throw GarmException.BadRequest($"{failed}: \"{jobUrl}\" is not an absolute URL");
        if (url.HasUserInfo) throw GarmException.BadRequest($"{failed}: {GoUrl.UserInfoRefusal}");
        return ForgeAddress.Parse(jobUrl);
    }

    // The endpoint that the job is on; of several, the one with the longest path.
    private static Candidate? Nearest(IEnumerable<Candidate> candidates, ForgeAddress job) => candidates
        .Select(x => (Candidate: x, Address: ForgeAddress.Parse(x.BaseUrl)))
        .Where(x => x.Address?.Holds(job) == true)
        .OrderByDescending(x => x.Address!.Depth)
        .Select(x => x.Candidate)
        .FirstOrDefault();

    private static string OrganizationOf(string forgeType, WorkflowJobPayload payload)
    {
        var organization = payload.Organization;
        return Normalized.Of(forgeType == ForgeTypes.Gitea
            ? organization?.UserName ?? organization?.Name ?? organization?.Login ?? ""
            : organization?.Login ?? "");
    }

    /// <summary>An endpoint, and its entity of the delivery's name; null for none.</summary>
    private sealed record Candidate(string EndpointName, string BaseUrl, RunnerEntity? Entity);

    private sealed record Finder(EntityKind Kind, Func<GarmDbContext, string, WorkflowJobPayload, IAsyncEnumerable<Candidate>> Find);
}
