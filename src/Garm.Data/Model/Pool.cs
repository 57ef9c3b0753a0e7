namespace Garm.Data.Model;

/// <summary>A pool of runners. It belongs to one repository, organization, enterprise or forge instance.</summary>
public sealed class Pool : IWatchedEntity
{
    public Guid Id { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public long Version { get; set; }

    public string ProviderName { get; set; } = "";
    public string RunnerPrefix { get; set; } = "";
    public uint MaxRunners { get; set; }
    public uint MinIdleRunners { get; set; }
    public string Image { get; set; } = "";
    public string Flavor { get; set; } = "";
    public string OsType { get; set; } = "";
    public string OsArch { get; set; } = "";
    public bool Enabled { get; set; }
    public bool EnableShell { get; set; }

    /// <summary>Incremented by each change that affects runners.</summary>
    public ulong Generation { get; set; }

    /// <summary>Minutes.</summary>
    public uint RunnerBootstrapTimeout { get; set; }

    /// <summary>JSON for the provider, compact; null when it was never set.</summary>
    public string? ExtraSpecs { get; set; }

    public string GithubRunnerGroup { get; set; } = "";
    public uint Priority { get; set; }

    public long? TemplateId { get; set; }
    public Template? Template { get; set; }

    public long? ProxyId { get; set; }
    public Proxy? Proxy { get; set; }

    public Guid? RepositoryId { get; set; }
    public Repository? Repository { get; set; }

    public Guid? OrganizationId { get; set; }
    public Organization? Organization { get; set; }

    public Guid? EnterpriseId { get; set; }
    public Enterprise? Enterprise { get; set; }

    public Guid? ForgeInstanceId { get; set; }
    public ForgeInstance? ForgeInstance { get; set; }

    public List<PoolTag> Tags { get; } = [];
    public List<Instance> Instances { get; } = [];
}

/// <summary>A tag of a pool's runners.</summary>
public sealed class PoolTag : IChildOf<Pool>
{
    public Guid PoolId { get; set; }
    public Pool? Pool { get; set; }
    public Guid TagId { get; set; }
    public Tag? Tag { get; set; }

    Guid IChildOf<Pool>.OwnerId => PoolId;
}

/// <summary>
/// A label. Stored once per server: as in GARM, the spelling that was used first stays, and outlives the pools.
/// </summary>
public sealed class Tag
{
    private string _name = "";

    public Guid Id { get; set; }

    public string Name
    {
        get => _name;
        set => (_name, NormalizedName) = (value, Normalized.Of(value));
    }

    /// <summary>Unique; derived from <see cref="Name"/>.</summary>
    public string NormalizedName { get; private set; } = "";
}
