using Garm.Contracts.Entities;
using Garm.Data.Model;
using static Garm.Data.Values.ViewValues;

namespace Garm.Data.Owners;

/// <summary>The views of entities in the credentials that they use.</summary>
internal static class EntityBriefViews
{
    public static RepositoryView ToBriefView(this Repository repository, ForgeCredentials credentials) => new()
    {
        Id = repository.Id.ToString("D"),
        Owner = OrNull(repository.Owner),
        Name = OrNull(repository.Name),
        CredentialsName = OrNull(credentials.Name),
        CredentialsId = credentials.Id,
        AgentMode = repository.AgentMode,
        PoolManagerStatus = repository.StatusView(),
        PoolBalancingType = OrNull(repository.PoolBalancerType),
        CreatedAt = repository.CreatedAt,
        UpdatedAt = repository.UpdatedAt,
    };

    public static OrganizationView ToBriefView(this Organization organization, ForgeCredentials credentials) => new()
    {
        Id = organization.Id.ToString("D"),
        Name = OrNull(organization.Name),
        CredentialsName = OrNull(credentials.Name),
        CredentialsId = credentials.Id,
        AgentMode = organization.AgentMode,
        PoolManagerStatus = organization.StatusView(),
        PoolBalancingType = OrNull(organization.PoolBalancerType),
        CreatedAt = organization.CreatedAt,
        UpdatedAt = organization.UpdatedAt,
    };

    public static EnterpriseView ToBriefView(this Enterprise enterprise, ForgeCredentials credentials) => new()
    {
        Id = enterprise.Id.ToString("D"),
        Name = OrNull(enterprise.Name),
        CredentialsName = OrNull(credentials.Name),
        CredentialsId = credentials.Id,
        AgentMode = enterprise.AgentMode,
        PoolManagerStatus = enterprise.StatusView(),
        PoolBalancingType = OrNull(enterprise.PoolBalancerType),
        CreatedAt = enterprise.CreatedAt,
        UpdatedAt = enterprise.UpdatedAt,
    };

    public static PoolManagerStatusView StatusView(this RunnerEntity entity) =>
        new() { Running = entity.PoolManagerRunning, FailureReason = OrNull(entity.PoolManagerFailure) };
}
