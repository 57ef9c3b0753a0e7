using Garm.Contracts.Entities;
using Garm.Data.Credentials;
using Garm.Data.Endpoints;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Pools;
using static Garm.Data.Values.ViewValues;

namespace Garm.Data.Entities;

/// <summary>The views of repositories, organizations, enterprises and forge instances in the REST API and in events.</summary>
internal static class EntityViews
{
    /// <summary>The repository with credentials and endpoint, which must be loaded.</summary>
    public static RepositoryView ToView(this Repository repository) =>
        repository.ToBriefView(Loaded(repository.Credentials)) with
        {
            Credentials = Loaded(repository.Credentials).ToView(),
            Endpoint = Loaded(repository.Endpoint).ToView(),
        };

    /// <summary>The repository and its pools: the answer to a read of one.</summary>
    public static RepositoryView ToDetailedView(this Repository repository) =>
        repository.ToView() with { Pools = OrNull(repository.Pools.Select(x => x.ToBriefView())) };

    /// <summary>The organization with credentials and endpoint, which must be loaded.</summary>
    public static OrganizationView ToView(this Organization organization) =>
        organization.ToBriefView(Loaded(organization.Credentials)) with
        {
            Credentials = Loaded(organization.Credentials).ToView(),
            Endpoint = Loaded(organization.Endpoint).ToView(),
        };

    /// <summary>The organization and its pools, which do not repeat its name: the answer to a read of one.</summary>
    public static OrganizationView ToDetailedView(this Organization organization) =>
        organization.ToView() with { Pools = OrNull(organization.Pools.Select(x => x.ToBriefView() with { OrgId = null })) };

    /// <summary>The enterprise with credentials and endpoint, which must be loaded.</summary>
    public static EnterpriseView ToView(this Enterprise enterprise) =>
        enterprise.ToBriefView(Loaded(enterprise.Credentials)) with
        {
            Credentials = Loaded(enterprise.Credentials).ToView(),
            Endpoint = Loaded(enterprise.Endpoint).ToView(),
        };

    /// <summary>The enterprise and its pools, which do not repeat its name: the answer to a read of one.</summary>
    public static EnterpriseView ToDetailedView(this Enterprise enterprise) =>
        enterprise.ToView() with { Pools = OrNull(enterprise.Pools.Select(x => x.ToBriefView() with { EnterpriseId = null })) };

    /// <summary>The forge instance with credentials and endpoint, which must be loaded.</summary>
    public static ForgeInstanceView ToView(this ForgeInstance instance) => new()
    {
        Id = instance.Id.ToString("D"),
        CredentialsName = OrNull(Loaded(instance.Credentials).Name),
        Credentials = Loaded(instance.Credentials).ToView(),
        CredentialsId = instance.CredentialsId,
        PoolBalancingType = OrNull(instance.PoolBalancerType),
        Endpoint = Loaded(instance.Endpoint).ToView(),
        CreatedAt = instance.CreatedAt,
        UpdatedAt = instance.UpdatedAt,
        AgentMode = instance.AgentMode,
        PoolManagerStatus = instance.StatusView(),
    };

    /// <summary>The forge instance and its pools, which do not repeat its name: the answer to a read of one.</summary>
    public static ForgeInstanceView ToDetailedView(this ForgeInstance instance) =>
        instance.ToView() with { Pools = OrNull(instance.Pools.Select(x => x.ToBriefView() with { ForgeInstanceId = null })) };
}
