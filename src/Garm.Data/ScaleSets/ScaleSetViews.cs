using System.Text.Json;
using Garm.Contracts.Entities;
using Garm.Data.Endpoints;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Runners;
using static Garm.Data.Values.ViewValues;

namespace Garm.Data.ScaleSets;

/// <summary>The views of a scale set in the REST API and in events.</summary>
internal static class ScaleSetViews
{
    /// <summary>The scale set with tags, runners and the names of its references, all of which must be loaded.</summary>
    public static ScaleSetView ToView(this ScaleSet set) => set.ToListedView() with
    {
        Instances = OrNull(set.Instances.OrderBy(x => x.CreatedAt).ThenBy(x => x.Id).Select(x => x.ToMemberView())),
        TemplateName = OrNull(set.Template?.Name),
        ProxyName = OrNull(set.Proxy?.Name),
    };

    /// <summary>The scale set in the list of all: without runners and without the names of template and proxy.</summary>
    public static ScaleSetView ToListedView(this ScaleSet set) => new()
    {
        RunnerPrefix = OrNull(set.RunnerPrefix),
        CreatedAt = set.CreatedAt,
        UpdatedAt = set.UpdatedAt,
        Id = set.Id,
        ScaleSetId = set.ScaleSetId,
        Name = OrNull(set.Name),
        DisableUpdate = set.DisableUpdate,
        State = set.State,
        ExtendedState = OrNull(set.ExtendedState),
        ProviderName = OrNull(set.ProviderName),
        MaxRunners = set.MaxRunners,
        MinIdleRunners = set.MinIdleRunners,
        Image = OrNull(set.Image),
        Flavor = OrNull(set.Flavor),
        OsType = OrNull(set.OsType),
        OsArch = OrNull(set.OsArch),
        Enabled = set.Enabled,
        DesiredRunnerCount = set.DesiredRunnerCount,
        EnableShell = set.EnableShell,
        Generation = set.Generation,
        Endpoint = set.OwningEntity().Endpoint!.ToView(),
        RunnerBootstrapTimeout = set.RunnerBootstrapTimeout,
        ExtraSpecs = set.ExtraSpecs is { } specs ? JsonSerializer.Deserialize<JsonElement>(specs) : null,
        GithubRunnerGroup = OrNull(set.GithubRunnerGroup),
        Tags = OrNull(set.Tags
            .Select(x => new TagView { Id = x.TagId.ToString("D"), Name = OrNull(x.Tag!.Name) })
            .OrderBy(x => x.Name, StringComparer.Ordinal)),
        RepoId = set.RepositoryId?.ToString("D"),
        RepoName = set.Repository?.FullName,
        OrgId = set.OrganizationId?.ToString("D"),
        OrgName = set.Organization?.Name,
        EnterpriseId = set.EnterpriseId?.ToString("D"),
        EnterpriseName = set.Enterprise?.Name,
        TemplateId = set.TemplateId ?? 0,
        ProxyId = set.ProxyId ?? 0,
    };

    /// <summary>The last state; GARM leaves out the endpoint, the tags and the names of its references.</summary>
    public static ScaleSetView ToDeletedView(this ScaleSet scaleSet) => scaleSet.ToView() with
    {
        Endpoint = EndpointView.Empty,
        TemplateName = null,
        ProxyName = null,
        Tags = null,
    };
}
