using Garm.Data.Model;

namespace Garm.Data.Tests.ChangeLog;

/// <summary>
/// A valid row of every watched type, and a change of it. A watched type that is missing here fails
/// <see cref="ModelSpecBase"/>.
/// </summary>
internal static class SampleEntities
{
    public static IReadOnlyDictionary<Type, Sample> All { get; } = new Sample[]
    {
        Of(() => new ControllerInfo { Id = Guid.NewGuid() }, x => x.WebhookUrl = "https://hooks.example.com"),
        Of(
            () => new User { Id = Guid.NewGuid(), Username = "sample", Email = "sample@example.com" },
            x => x.FullName = "Sample"),
        Of(Endpoint, x => x.Description = "changed"),
        Of(Credentials, x => x.Description = "changed"),
        Of(GiteaCredentials, x => x.Description = "changed"),
        Of(Repository, x => x.AgentMode = true),
        Of(
            () => new Organization { Id = Guid.NewGuid(), Name = "org", Credentials = Credentials(), Endpoint = Endpoint() },
            x => x.AgentMode = true),
        Of(
            () => new Enterprise { Id = Guid.NewGuid(), Name = "ent", Credentials = Credentials(), Endpoint = Endpoint() },
            x => x.AgentMode = true),
        Of(
            () => new ForgeInstance { Id = Guid.NewGuid(), Name = "fi", Credentials = GiteaCredentials(), Endpoint = Endpoint() },
            x => x.AgentMode = true),
        Of(Pool, x => x.MaxRunners = 7),
        Of(
            () => new ScaleSet
            {
                Name = "set",
                Organization = new Organization { Id = Guid.NewGuid(), Name = "org", Credentials = Credentials(), Endpoint = Endpoint() },
                Tags = { new ScaleSetTag { Tag = new Tag { Id = Guid.NewGuid(), Name = "gpu" } } },
            },
            x => x.MaxRunners = 7),
        Of(Instance, x => x.AgentId = 7),
        Of(() => new Job { ForgeUrl = "https://e.example.com", WorkflowJobId = 1 }, x => x.Status = "completed"),
        Of(() => new Proxy { Name = "sample", HttpProxy = "http://p.example.com" }, x => x.Description = "changed"),
        Of(
            () => new FileObject { Name = "sample", Content = new FileContent { Id = Guid.NewGuid() } },
            x => x.Description = "changed"),
        Of(() => new Template { Name = "sample", Data = [1] }, x => x.Description = "changed"),
    }.ToDictionary(x => x.Type);

    /// <summary>A repository, and the entities that it refers to.</summary>
    public static Repository Repository() =>
        new() { Id = Guid.NewGuid(), Owner = "o", Name = "r", Credentials = Credentials(), Endpoint = Endpoint() };

    /// <summary>A pool with one tag, and the entities that it refers to.</summary>
    public static Pool Pool() => new()
    {
        Id = Guid.NewGuid(),
        ProviderName = "fake",
        Image = "ubuntu",
        Repository = Repository(),
        Tags = { new PoolTag { Tag = new Tag { Id = Guid.NewGuid(), Name = "linux" } } },
    };

    /// <summary>A runner with an address and a message, and the entities that it refers to.</summary>
    public static Instance Instance() => new()
    {
        Id = Guid.NewGuid(),
        Name = $"runner-{Guid.NewGuid():N}",
        Pool = Pool(),
        Job = new Job { ForgeUrl = "https://e.example.com", WorkflowJobId = 1 },
        Addresses = { new InstanceAddress { Address = "192.0.2.10", Type = "public" } },
        StatusMessages = { new InstanceStatusMessage { Message = "hello" } },
    };

    private static ForgeEndpoint Endpoint() => new() { Name = $"endpoint-{Guid.NewGuid():N}", BaseUrl = "https://e.example.com" };

    private static GithubCredentials Credentials() =>
        new() { Name = $"credentials-{Guid.NewGuid():N}", SealedPayload = [1], Endpoint = Endpoint() };

    private static GiteaCredentials GiteaCredentials() =>
        new() { Name = $"credentials-{Guid.NewGuid():N}", SealedPayload = [1], Endpoint = Endpoint() };

    private static Sample Of<T>(Func<T> make, Action<T> change)
        where T : class, IWatchedEntity => new(typeof(T), make, x => change((T)x));
}

/// <summary>How a row is created and changed.</summary>
internal sealed record Sample(Type Type, Func<IWatchedEntity> Make, Action<IWatchedEntity> Change);
