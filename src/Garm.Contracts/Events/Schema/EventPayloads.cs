using Garm.Contracts.Entities;

namespace Garm.Contracts.Events.Schema;

/// <summary>The types of the events' payloads.</summary>
public static class EventPayloads
{
    /// <summary>The payload's type. A deletion has the same type, with fewer fields for some entity types.</summary>
    public static Type Of(EntityType type) => type switch
    {
        EntityType.Repository => typeof(RepositoryView),
        EntityType.Organization => typeof(OrganizationView),
        EntityType.Enterprise => typeof(EnterpriseView),
        EntityType.ForgeInstance => typeof(ForgeInstanceView),
        EntityType.Pool => typeof(PoolView),
        EntityType.User => typeof(UserView),
        EntityType.Instance => typeof(InstanceView),
        EntityType.Job => typeof(JobView),
        EntityType.Controller => typeof(ControllerView),
        EntityType.GithubCredentials or EntityType.GiteaCredentials => typeof(CredentialsView),
        EntityType.ScaleSet => typeof(ScaleSetView),
        EntityType.GithubEndpoint => typeof(EndpointView),
        EntityType.Template => typeof(TemplateView),
        EntityType.FileObject => typeof(FileObjectView),
        EntityType.Proxy => typeof(ProxyView),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
