using System.Text.Json;
using Garm.Contracts.Entities;
using Garm.Data.Endpoints;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Runners;
using static Garm.Data.Values.ViewValues;

namespace Garm.Data.Pools;

/// <summary>The views of a pool in the REST API and in events.</summary>
internal static class PoolViews
{
    /// <summary>The pool with tags and the names of its references, all of which must be loaded.</summary>
    public static PoolView ToView(this Pool pool) => pool.ToBriefView() with
    {
        Tags = OrNull(pool.Tags
            .Select(x => new TagView { Id = x.TagId.ToString("D"), Name = OrNull(Loaded(x.Tag).Name) })
            .OrderBy(x => x.Name, StringComparer.Ordinal)),
        RepoName = pool.Repository?.FullName,
        OrgName = pool.Organization?.Name,
        EnterpriseName = pool.Enterprise?.Name,
        Endpoint = Loaded(pool.OwningEntity().Endpoint).ToView(),
        TemplateName = OrNull(pool.Template?.Name),
        ProxyName = OrNull(pool.Proxy?.Name),
        Instances = OrNull(pool.Instances.OrderBy(x => x.CreatedAt).ThenBy(x => x.Id).Select(x => x.ToMemberView())),
    };

    /// <summary>The pool in lists: without the names of template and proxy and without extra specs.</summary>
    public static PoolView ToListedView(this Pool pool) =>
        pool.ToView() with { TemplateName = null, ProxyName = null, ExtraSpecs = null };

    public static PoolView ToBriefView(this Pool pool) => new()
    {
        RunnerPrefix = OrNull(pool.RunnerPrefix),
        Id = pool.Id.ToString("D"),
        ProviderName = OrNull(pool.ProviderName),
        MaxRunners = pool.MaxRunners,
        MinIdleRunners = pool.MinIdleRunners,
        Image = OrNull(pool.Image),
        Flavor = OrNull(pool.Flavor),
        OsType = OrNull(pool.OsType),
        OsArch = OrNull(pool.OsArch),
        Enabled = pool.Enabled,
        EnableShell = pool.EnableShell,
        Generation = pool.Generation,
        RepoId = pool.RepositoryId?.ToString("D"),
        OrgId = pool.OrganizationId?.ToString("D"),
        EnterpriseId = pool.EnterpriseId?.ToString("D"),
        ForgeInstanceId = pool.ForgeInstanceId?.ToString("D"),
        RunnerBootstrapTimeout = pool.RunnerBootstrapTimeout,
        CreatedAt = pool.CreatedAt,
        UpdatedAt = pool.UpdatedAt,
        ExtraSpecs = pool.ExtraSpecs is { } specs ? JsonSerializer.Deserialize<JsonElement>(specs) : null,
        GithubRunnerGroup = OrNull(pool.GithubRunnerGroup),
        Priority = pool.Priority,
        TemplateId = pool.TemplateId ?? 0,
        ProxyId = pool.ProxyId ?? 0,
    };

    public static PoolView ToDeletedView(this Pool pool) => new() { Id = pool.Id.ToString("D") };
}
