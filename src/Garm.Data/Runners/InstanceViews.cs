using Garm.Contracts.Entities;
using Garm.Data.Jobs;
using Garm.Data.Model;
using static Garm.Data.Values.ViewValues;

namespace Garm.Data.Runners;

/// <summary>The views of a runner in the REST API and in events.</summary>
internal static class InstanceViews
{
    /// <summary>The instance with addresses, messages and job; these and the pool or scale set must be loaded.</summary>
    public static InstanceView ToView(this Instance instance) => instance.ToListedView() with
    {
        Addresses = OrNull(instance.Addresses
            .OrderBy(x => x.Id)
            .Select(x => new AddressView { Address = x.Address, Type = x.Type })),
        StatusMessages = OrNull(instance.StatusMessages.OrderBy(x => x.CreatedAt).ThenBy(x => x.Id).Select(ToView)),
    };

    /// <summary>The instance in lists: without addresses and messages.</summary>
    public static InstanceView ToListedView(this Instance instance) => instance.ToMemberView() with
    {
        ProviderName = instance.Pool?.ProviderName ?? instance.ScaleSet?.ProviderName
            ?? throw new InvalidOperationException("an instance needs its pool or scale set loaded"),
        Job = instance.Job?.ToBriefView(),
    };

    /// <summary>The instance in its pool or scale set: without provider's name, addresses, messages and job.</summary>
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

    public static InstanceView ToDeletedView(this Instance instance) => new()
    {
        Id = instance.Id.ToString("D"),
        Name = instance.Name,
        ProviderId = instance.ProviderId.Length == 0 ? null : instance.ProviderId,
        AgentId = instance.AgentId,
        PoolId = instance.PoolId?.ToString("D"),
        ScaleSetId = instance.ScaleSetId ?? 0,
    };

    private static StatusMessageView ToView(InstanceStatusMessage message) => new()
    {
        CreatedAt = message.CreatedAt,
        Message = OrNull(message.Message),
        EventType = OrNull(message.EventType),
        EventLevel = OrNull(message.EventLevel),
    };
}
