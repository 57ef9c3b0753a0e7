using Garm.Contracts.Entities;
using Garm.Data.Entities;

namespace Garm.Data.Views;

/// <summary>
/// What delete events carry, as GARM sends them (PROTOCOL, section 6): for some types only what identifies the entity, the
/// times zero. The others carry their last state.
/// </summary>
internal static class DeletedViews
{
    public static EndpointView ToDeletedView(this ForgeEndpoint endpoint) => new() { Name = endpoint.Name };

    public static CredentialsView ToDeletedView(this ForgeCredentials credentials) => new()
    {
        Id = credentials.Id,
        Name = credentials.Name,
        ForgeType = credentials is GiteaCredentials ? ForgeTypes.Gitea : ForgeTypes.Github,
    };

    public static PoolView ToDeletedView(this Pool pool) => new() { Id = pool.Id.ToString("D") };

    /// <summary>The last state; GARM leaves out the endpoint, the tags and the names of what it refers to.</summary>
    public static ScaleSetView ToDeletedView(this ScaleSet scaleSet) => scaleSet.ToView() with
    {
        Endpoint = EndpointView.Empty,
        TemplateName = null,
        ProxyName = null,
        Tags = null,
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

    public static ProxyView ToDeletedView(this Proxy proxy) => new() { Id = proxy.Id, Name = proxy.Name };

    /// <summary>The last state; GARM leaves out the owner.</summary>
    public static TemplateView ToDeletedView(this Template template) => template.ToView() with { OwnerId = null };
}
