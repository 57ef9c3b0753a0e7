using System.Text.Json;
using Garm.Contracts.Entities;
using Garm.Data.Entities;

namespace Garm.Data.Views;

/// <summary>
/// What the REST API shows of an entity; events carry the same. Only loaded navigations are looked at: whoever asks for a
/// view loads what it needs first (see <c>WatchedEntities</c>).
/// </summary>
public static class EntityViews
{
    /// <summary>The endpoint's addresses.</summary>
    public static EndpointView ToView(this ForgeEndpoint endpoint) => new()
    {
        Name = OrNull(endpoint.Name),
        Description = OrNull(endpoint.Description),
        ApiBaseUrl = OrNull(endpoint.ApiBaseUrl),
        UploadBaseUrl = OrNull(endpoint.UploadBaseUrl),
        BaseUrl = OrNull(endpoint.BaseUrl),
        CaCertBundle = endpoint.CaCertBundle,
        CreatedAt = endpoint.CreatedAt,
        UpdatedAt = endpoint.UpdatedAt,
        ToolsMetadataUrl = OrNull(endpoint.ToolsMetadataUrl),
        UseInternalToolsMetadata = endpoint.EndpointType == ForgeTypes.Gitea ? endpoint.UseInternalToolsMetadata : null,
        EndpointType = endpoint.EndpointType,
    };

    /// <summary>The credentials with their endpoint, which must be loaded.</summary>
    public static CredentialsView ToView(this ForgeCredentials credentials) => new()
    {
        Id = credentials.Id,
        Name = OrNull(credentials.Name),
        Description = OrNull(credentials.Description),
        ApiBaseUrl = OrNull(Loaded(credentials.Endpoint).ApiBaseUrl),
        UploadBaseUrl = OrNull(Loaded(credentials.Endpoint).UploadBaseUrl),
        BaseUrl = OrNull(Loaded(credentials.Endpoint).BaseUrl),
        CaBundle = Loaded(credentials.Endpoint).CaCertBundle,
        AuthType = credentials.AuthType,
        ForgeType = Loaded(credentials.Endpoint).EndpointType,
        Endpoint = Loaded(credentials.Endpoint).ToView(),
        CreatedAt = credentials.CreatedAt,
        UpdatedAt = credentials.UpdatedAt,
    };

    /// <summary>The credentials and who uses them: the answer to a read of one. Navigations must be loaded.</summary>
    public static CredentialsView ToDetailedView(this ForgeCredentials credentials) => credentials.ToView() with
    {
        Repositories = OrNull(credentials.Repositories.Select(x => x.ToBriefView(credentials))),
        Organizations = OrNull(credentials.Organizations.Select(x => x.ToBriefView(credentials))),
        Enterprises = OrNull(credentials.Enterprises.Select(x => x.ToBriefView(credentials))),
    };

    /// <summary>The repository with credentials and endpoint, which must be loaded.</summary>
    public static RepositoryView ToView(this Repository repository) =>
        repository.ToBriefView(Loaded(repository.Credentials)) with
        {
            Credentials = Loaded(repository.Credentials).ToView(),
            Endpoint = Loaded(repository.Endpoint).ToView(),
        };

    /// <summary>The repository and its pools: the answer to a read of one.</summary>
    public static RepositoryView ToDetailedView(this Repository repository) =>
        repository.ToView() with { Pools = OrNull(repository.Pools.Select(ToBriefView)) };

    /// <summary>The organization with credentials and endpoint, which must be loaded.</summary>
    public static OrganizationView ToView(this Organization organization) =>
        organization.ToBriefView(Loaded(organization.Credentials)) with
        {
            Credentials = Loaded(organization.Credentials).ToView(),
            Endpoint = Loaded(organization.Endpoint).ToView(),
        };

    /// <summary>The organization and its pools, which do not name it again: the answer to a read of one.</summary>
    public static OrganizationView ToDetailedView(this Organization organization) =>
        organization.ToView() with { Pools = OrNull(organization.Pools.Select(x => x.ToBriefView() with { OrgId = null })) };

    /// <summary>The enterprise with credentials and endpoint, which must be loaded.</summary>
    public static EnterpriseView ToView(this Enterprise enterprise) =>
        enterprise.ToBriefView(Loaded(enterprise.Credentials)) with
        {
            Credentials = Loaded(enterprise.Credentials).ToView(),
            Endpoint = Loaded(enterprise.Endpoint).ToView(),
        };

    /// <summary>The enterprise and its pools, which do not name it again: the answer to a read of one.</summary>
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

    /// <summary>The forge instance and its pools, which do not name it again: the answer to a read of one.</summary>
    public static ForgeInstanceView ToDetailedView(this ForgeInstance instance) =>
        instance.ToView() with { Pools = OrNull(instance.Pools.Select(x => x.ToBriefView() with { ForgeInstanceId = null })) };

    /// <summary>The pool with tags and the names of what it refers to, all of which must be loaded.</summary>
    public static PoolView ToView(this Pool pool) => pool.ToBriefView() with
    {
        Tags = OrNull(pool.Tags
            .Select(x => new TagView { Id = x.TagId.ToString("D"), Name = OrNull(Loaded(x.Tag).Name) })
            .OrderBy(x => x.Name, StringComparer.Ordinal)),
        RepoName = pool.Repository is { } repository ? $"{repository.Owner}/{repository.Name}" : null,
        OrgName = pool.Organization?.Name,
        EnterpriseName = pool.Enterprise?.Name,
        Endpoint = Loaded(pool.OwningEntity().Endpoint).ToView(),
        TemplateName = OrNull(pool.Template?.Name),
        ProxyName = OrNull(pool.Proxy?.Name),
        Instances = OrNull(pool.Instances.OrderBy(x => x.CreatedAt).ThenBy(x => x.Id).Select(x => x.ToMemberView())),
    };

    /// <summary>The pool as lists show it: without the template's and the proxy's name and without extra specs.</summary>
    public static PoolView ToListedView(this Pool pool) =>
        pool.ToView() with { TemplateName = null, ProxyName = null, ExtraSpecs = null };

    /// <summary>The proxy.</summary>
    public static ProxyView ToView(this Proxy proxy) => new()
    {
        Id = proxy.Id,
        CreatedAt = proxy.CreatedAt,
        UpdatedAt = proxy.UpdatedAt,
        Name = proxy.Name,
        Description = OrNull(proxy.Description),
        HttpProxy = OrNull(proxy.HttpProxy),
        HttpsProxy = OrNull(proxy.HttpsProxy),
        NoProxy = OrNull(proxy.NoProxy),
        Username = OrNull(proxy.Username),
    };

    /// <summary>The user.</summary>
    public static UserView ToView(this User user) => new()
    {
        Id = user.Id.ToString("D"),
        CreatedAt = user.CreatedAt,
        UpdatedAt = user.UpdatedAt,
        Email = OrNull(user.Email),
        Username = OrNull(user.Username),
        FullName = OrNull(user.FullName),
        Enabled = user.Enabled,
        IsAdmin = user.IsAdmin,
    };

    /// <summary>The template with its data; the owner must be loaded.</summary>
    public static TemplateView ToView(this Template template) => new()
    {
        Id = template.Id,
        CreatedAt = template.CreatedAt,
        UpdatedAt = template.UpdatedAt,
        Name = template.Name,
        Description = template.Description,
        OsType = OrNull(template.OsType),
        ForgeType = OrNull(template.ForgeType),
        Data = template.Data,
        OwnerId = template.Owner?.Username ?? "system",
    };

    /// <summary>The file with its tags, which must be loaded.</summary>
    public static FileObjectView ToView(this FileObject file) => new()
    {
        Id = file.Id,
        CreatedAt = file.CreatedAt,
        UpdatedAt = file.UpdatedAt,
        Name = file.Name,
        Description = OrNull(file.Description),
        Size = file.Size,
        Tags = [.. file.Tags.OrderBy(x => x.Place).Select(x => x.Tag)],
        Sha256 = OrNull(file.Sha256),
        FileType = file.FileType,
    };

    /// <summary>The controller's settings, without the answering node's host name.</summary>
    public static ControllerView ToView(this ControllerInfo controller, string version) => new()
    {
        ControllerId = controller.Id.ToString("D"),
        MetadataUrl = OrNull(controller.MetadataUrl),
        CallbackUrl = OrNull(controller.CallbackUrl),
        WebhookUrl = OrNull(controller.WebhookUrl),
        ControllerWebhookUrl = ControllerUrls.WebhookOf(controller.WebhookUrl, controller.Id),
        AgentUrl = OrNull(ControllerUrls.AgentOf(controller.AgentUrl, controller.CallbackUrl)),
        AgentReleasesUrl = OrNull(controller.AgentReleasesUrl),
        EnableAgentToolsSync = controller.EnableAgentToolsSync,
        AgentVersion = controller.AgentVersion,
        AllowInsecureAgent = controller.AllowInsecureAgent,
        MinimumJobAgeBackoff = controller.MinimumJobAgeBackoff,
        Version = version,
        CaCertBundle = controller.CaCertBundle,
    };

    /// <summary>The repository, organization, enterprise or forge instance that the pool belongs to, which must be loaded.</summary>
    public static RunnerEntity OwningEntity(this Pool pool) =>
        (RunnerEntity?)pool.Repository ?? pool.Organization ?? (RunnerEntity?)pool.Enterprise
        ?? Loaded(pool.ForgeInstance);

    private static RepositoryView ToBriefView(this Repository repository, ForgeCredentials credentials) => new()
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

    private static OrganizationView ToBriefView(this Organization organization, ForgeCredentials credentials) => new()
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

    private static EnterpriseView ToBriefView(this Enterprise enterprise, ForgeCredentials credentials) => new()
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

    private static PoolView ToBriefView(this Pool pool) => new()
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

    private static PoolManagerStatusView StatusView(this RunnerEntity entity) =>
        new() { Running = entity.PoolManagerRunning, FailureReason = OrNull(entity.PoolManagerFailure) };

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static IReadOnlyList<T>? OrNull<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;

    private static T Loaded<T>(T? navigation)
        where T : class =>
        navigation ?? throw new InvalidOperationException($"a view needs its {typeof(T).Name} loaded");
}
