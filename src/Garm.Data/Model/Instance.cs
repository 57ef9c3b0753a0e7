namespace Garm.Data.Model;

/// <summary>A runner and its machine. It belongs either to a pool or to a scale set.</summary>
public sealed class Instance : IWatchedEntity
{
    public Guid Id { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public long Version { get; set; }

    /// <summary>Unique, case-sensitive.</summary>
    public string Name { get; set; } = "";

    public string ProviderId { get; set; } = "";

    /// <summary>The forge's number; 0 while it is not known.</summary>
    public long AgentId { get; set; }

    public string OsType { get; set; } = "";
    public string OsName { get; set; } = "";
    public string OsVersion { get; set; } = "";
    public string OsArch { get; set; } = "";

    /// <summary>One of <see cref="InstanceStatuses"/>.</summary>
    public string Status { get; set; } = InstanceStatuses.PendingCreate;

    /// <summary>One of <see cref="RunnerStatuses"/>.</summary>
    public string RunnerStatus { get; set; } = RunnerStatuses.Pending;

    /// <summary>The provider's error message; null for none.</summary>
    public byte[]? ProviderFault { get; set; }

    public string GithubRunnerGroup { get; set; } = "";

    /// <summary>Default for never.</summary>
    public DateTime Heartbeat { get; set; }

    public bool HasShell { get; set; }

    /// <summary>The generation of the pool or scale set at creation.</summary>
    public ulong Generation { get; set; }

    /// <summary>The number of retries of its creation: tokens of earlier attempts are void.</summary>
    public int CreateAttempt { get; set; }

    /// <summary>Files by name as JSON, encrypted; null for none.</summary>
    public byte[]? SealedJitConfiguration { get; set; }

    /// <summary>The token with which it registers at the forge, encrypted; null for none.</summary>
    public byte[]? SealedRegistrationToken { get; set; }

    /// <summary>Whether the token was read in this attempt; it can be read once.</summary>
    public bool TokenFetched { get; set; }

    /// <summary>The job for which it was created, whether it then took that job or another; null for none.</summary>
    public long? InResponseToJobId { get; set; }

    /// <summary>The job that it runs.</summary>
    public long? JobId { get; set; }
    public Job? Job { get; set; }

    public Guid? PoolId { get; set; }
    public Pool? Pool { get; set; }

    public long? ScaleSetId { get; set; }
    public ScaleSet? ScaleSet { get; set; }

    public List<InstanceAddress> Addresses { get; } = [];
    public List<InstanceStatusMessage> StatusMessages { get; } = [];
}

/// <summary>An address of a machine.</summary>
public sealed class InstanceAddress : IChildOf<Instance>
{
    public long Id { get; set; }
    public Guid InstanceId { get; set; }
    public Instance? Instance { get; set; }
    public string Address { get; set; } = "";

    /// <summary><c>public</c> or <c>private</c>.</summary>
    public string Type { get; set; } = "";

    Guid IChildOf<Instance>.OwnerId => InstanceId;
}

/// <summary>A message that a runner reported.</summary>
public sealed class InstanceStatusMessage : IChildOf<Instance>
{
    /// <summary>The longest message, in characters.</summary>
    internal const int MessageLength = 8192;

    public long Id { get; set; }
    public Guid InstanceId { get; set; }
    public Instance? Instance { get; set; }
    public DateTime CreatedAt { get; set; }
    public string Message { get; set; } = "";
    public string EventType { get; set; } = "";
    public string EventLevel { get; set; } = "";

    Guid IChildOf<Instance>.OwnerId => InstanceId;
}
