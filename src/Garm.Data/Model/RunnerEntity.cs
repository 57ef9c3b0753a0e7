namespace Garm.Data.Model;

/// <summary>The ways to distribute jobs over an entity's pools.</summary>
public static class PoolBalancerTypes
{
    public const string RoundRobin = "roundrobin";
    public const string Pack = "pack";
}

/// <summary>The common part of repositories, organizations, enterprises and forge instances, with which runners are registered.</summary>
public abstract class RunnerEntity : IWatchedEntity
{
    private string _name = "";

    public Guid Id { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public long Version { get; set; }

    public string Name
    {
        get => _name;
        set => (_name, NormalizedName) = (value, Normalized.Of(value));
    }

    /// <summary>Unique on the endpoint; derived from <see cref="Name"/>.</summary>
    public string NormalizedName { get; private set; } = "";

    /// <summary>Either kind of credentials, for <see cref="Endpoint"/>.</summary>
    public long CredentialsId { get; set; }
    public ForgeCredentials? Credentials { get; set; }

    public long EndpointId { get; set; }
    public ForgeEndpoint? Endpoint { get; set; }

    /// <summary>The secret with which the forge signs its webhooks, encrypted.</summary>
    public byte[] SealedWebhookSecret { get; set; } = [];

    /// <summary>One of <see cref="PoolBalancerTypes"/>.</summary>
    public string PoolBalancerType { get; set; } = PoolBalancerTypes.RoundRobin;

    public bool AgentMode { get; set; }

    /// <summary>Whether its runner provider reports that it works.</summary>
    public bool PoolManagerRunning { get; set; }

    /// <summary>Why it does not work; empty when no reason was reported.</summary>
    public string PoolManagerFailure { get; set; } = "";

    public List<Pool> Pools { get; } = [];
    public List<ScaleSet> ScaleSets { get; } = [];
}

/// <summary>A repository; <c>owner/name</c> is unique on its endpoint.</summary>
public sealed class Repository : RunnerEntity
{
    private string _owner = "";

    public string Owner
    {
        get => _owner;
        set => (_owner, NormalizedOwner) = (value, Normalized.Of(value));
    }

    /// <summary><c>owner/name</c>.</summary>
    public string FullName => $"{Owner}/{Name}";

    /// <summary>Derived from <see cref="Owner"/>.</summary>
    public string NormalizedOwner { get; private set; } = "";
}

/// <summary>An organization.</summary>
public sealed class Organization : RunnerEntity;

/// <summary>A GitHub enterprise.</summary>
public sealed class Enterprise : RunnerEntity;

/// <summary>A whole Gitea server; its name is its endpoint's, and an endpoint has at most one.</summary>
public sealed class ForgeInstance : RunnerEntity;
