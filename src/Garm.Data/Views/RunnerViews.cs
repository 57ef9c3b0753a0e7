using System.Text.Json;
using Garm.Contracts.Entities;
using Garm.Data.Entities;

namespace Garm.Data.Views;

/// <summary>What the REST API shows of scale sets, instances and jobs; events carry the same.</summary>
public static class RunnerViews
{
    /// <summary>The scale set with tags, runners and the names of what it refers to, all of which must be loaded.</summary>
    public static ScaleSetView ToView(this ScaleSet set) => set.ToListedView() with
    {
        Instances = OrNull(set.Instances.OrderBy(x => x.CreatedAt).ThenBy(x => x.Id).Select(x => x.ToMemberView())),
        TemplateName = OrNull(set.Template?.Name),
        ProxyName = OrNull(set.Proxy?.Name),
    };

    /// <summary>The scale set as the list of all shows it: without runners, template's and proxy's name.</summary>
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
        RepoName = set.Repository is { } repository ? $"{repository.Owner}/{repository.Name}" : null,
        OrgId = set.OrganizationId?.ToString("D"),
        OrgName = set.Organization?.Name,
        EnterpriseId = set.EnterpriseId?.ToString("D"),
        EnterpriseName = set.Enterprise?.Name,
        TemplateId = set.TemplateId ?? 0,
        ProxyId = set.ProxyId ?? 0,
    };

    /// <summary>The repository, organization or enterprise that the scale set belongs to, which must be loaded.</summary>
    public static RunnerEntity OwningEntity(this ScaleSet set) =>
        (RunnerEntity?)set.Repository ?? (RunnerEntity?)set.Organization ?? set.Enterprise
        ?? throw new InvalidOperationException("a scale set needs its entity loaded");

    /// <summary>The instance with addresses, messages and job; these and the pool or scale set must be loaded.</summary>
    public static InstanceView ToView(this Instance instance) => instance.ToListedView() with
    {
        Addresses = OrNull(instance.Addresses
            .OrderBy(x => x.Id)
            .Select(x => new AddressView { Address = x.Address, Type = x.Type })),
        StatusMessages = OrNull(instance.StatusMessages.OrderBy(x => x.CreatedAt).ThenBy(x => x.Id).Select(ToView)),
    };

    /// <summary>The instance as lists show it: without addresses and messages.</summary>
    public static InstanceView ToListedView(this Instance instance) => instance.ToMemberView() with
    {
        ProviderName = instance.Pool?.ProviderName ?? instance.ScaleSet?.ProviderName
            ?? throw new InvalidOperationException("an instance needs its pool or scale set loaded"),
        Job = instance.Job?.ToBriefView(),
    };

    /// <summary>The instance as its pool or scale set shows it: without provider's name, addresses, messages and job.</summary>
    public static InstanceView ToMemberView(this Instance instance) => new()
    {
        Id = instance.Id.ToString("D"),
        ProviderId = OrNull(instance.ProviderId),
        AgentId = instance.AgentId,
        Name = OrNull(instance.Name),
        OsType = OrNull(instance.OsType),
        OsName = OrNull(instance.OsName),
        OsVersion = OrNull(instance.OsVersion),
        OsArch = OrNull(instance.OsArch),
        Status = OrNull(instance.Status),
        RunnerStatus = OrNull(instance.RunnerStatus),
        PoolId = instance.PoolId?.ToString("D"),
        ScaleSetId = instance.ScaleSetId ?? 0,
        ProviderFault = instance.ProviderFault is { Length: > 0 } fault ? fault : null,
        CreatedAt = instance.CreatedAt,
        UpdatedAt = instance.UpdatedAt,
        GithubRunnerGroup = OrNull(instance.GithubRunnerGroup),
        Heartbeat = instance.Heartbeat,
        Capabilities = new AgentCapabilitiesView { HasShell = instance.HasShell },
        Generation = instance.Generation,
    };

    /// <summary>The job with the runner that took it, which must be loaded.</summary>
    public static JobView ToView(this Job job) =>
        job.ToBriefView() with { RunnerName = job.Runners.OrderBy(x => x.CreatedAt).FirstOrDefault()?.Name };

    /// <summary>A scale set's job as newer versions of GARM list it; the runner that took it must be loaded.</summary>
    public static ScaleSetJobView ToScaleSetView(this Job job) => new()
    {
        Id = job.Id,
        ScaleSetJobId = OrNull(job.ScaleSetJobId),
        ScaleSetId = job.ScaleSetId ?? 0,
        WorkflowRunId = job.RunId,
        Name = OrNull(job.Name),
        Status = OrNull(job.Status),
        Result = OrNull(job.Conclusion),
        EventName = OrNull(job.Action),
        RequestLabels = OrNull(LabelsOf(job)),
        RepositoryName = OrNull(job.RepositoryName),
        RepositoryOwner = OrNull(job.RepositoryOwner),
        RunnerGroupName = OrNull(job.RunnerGroupName),
        RunnerId = job.RunnerId,
        RunnerName = job.Runners.OrderBy(x => x.CreatedAt).FirstOrDefault()?.Name,
        WorkflowRunUrl = OrNull(job.WorkflowRunUrl),
        RunnerAssignTime = job.StartedAt,
        FinishTime = job.CompletedAt,
        CreatedAt = job.CreatedAt,
        UpdatedAt = job.UpdatedAt,
    };

    private static JobView ToBriefView(this Job job) => new()
    {
        Id = job.Id,
        WorkflowJobId = job.WorkflowJobId,
        ScaleSetJobId = OrNull(job.ScaleSetJobId),
        RunId = job.RunId,
        Action = OrNull(job.Action),
        Conclusion = OrNull(job.Conclusion),
        Status = OrNull(job.Status),
        Name = OrNull(job.Name),
        StartedAt = job.StartedAt,
        CompletedAt = job.CompletedAt,
        RunnerId = job.RunnerId,
        RunnerGroupId = job.RunnerGroupId,
        RunnerGroupName = OrNull(job.RunnerGroupName),
        RepositoryName = OrNull(job.RepositoryName),
        RepositoryOwner = OrNull(job.RepositoryOwner),
        WorkflowRunUrl = OrNull(job.WorkflowRunUrl),
        Labels = LabelsOf(job),
        RepoId = Shown(job, job.RepositoryId),
        OrgId = Shown(job, job.OrganizationId),
        EnterpriseId = Shown(job, job.EnterpriseId),
        ForgeInstanceId = Shown(job, job.ForgeInstanceId),
        LockedBy = job.LockedBy.ToString("D"),
        CreatedAt = job.CreatedAt,
        UpdatedAt = job.UpdatedAt,
    };

    private static StatusMessageView ToView(InstanceStatusMessage message) => new()
    {
        CreatedAt = message.CreatedAt,
        Message = OrNull(message.Message),
        EventType = OrNull(message.EventType),
        EventLevel = OrNull(message.EventLevel),
    };

    private static string[] LabelsOf(Job job) => JsonSerializer.Deserialize<string[]>(job.Labels) ?? [];

    private static string? Shown(Job job, Guid? owner) =>
        owner is { } id && !job.GoneOwners.Contains(id) ? id.ToString("D") : null;

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static IReadOnlyList<T>? OrNull<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}
