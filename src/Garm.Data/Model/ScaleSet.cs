namespace Garm.Data.Model;

/// <summary>A GitHub runner scale set. It belongs to one repository, organization or enterprise.</summary>
public sealed class ScaleSet : IWatchedEntity
{
    /// <summary>The number of a scale set that is not registered at the forge.</summary>
    public const int Unregistered = 0;

    public long Id { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public long Version { get; set; }

    /// <summary>The forge's number, unique within its entity; or <see cref="Unregistered"/>.</summary>
    public int ScaleSetId { get; set; }

    public string Name { get; set; } = "";
    public bool DisableUpdate { get; set; }

    /// <summary>One of <see cref="ScaleSetStates"/>.</summary>
    public string State { get; set; } = ScaleSetStates.PendingCreate;

    public string ExtendedState { get; set; } = "";
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

    /// <summary>The number of runners that the forge asks for.</summary>
    public int DesiredRunnerCount { get; set; }

    /// <summary>Incremented by each change that affects runners.</summary>
    public ulong Generation { get; set; }

    /// <summary>Minutes.</summary>
    public uint RunnerBootstrapTimeout { get; set; }

    /// <summary>JSON for the provider, compact; null when it was never set.</summary>
    public string? ExtraSpecs { get; set; }

    public string GithubRunnerGroup { get; set; } = "";

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

    public List<ScaleSetTag> Tags { get; } = [];
    public List<Instance> Instances { get; } = [];
}

/// <summary>A label of a scale set's runners, in addition to its name.</summary>
public sealed class ScaleSetTag : INumberedChildOf<ScaleSet>
{
    public long ScaleSetId { get; set; }
    public ScaleSet? ScaleSet { get; set; }
    public Guid TagId { get; set; }
    public Tag? Tag { get; set; }

    ScaleSet? INumberedChildOf<ScaleSet>.Owner => ScaleSet;

    long INumberedChildOf<ScaleSet>.OwnerId => ScaleSetId;
}
