using System.ComponentModel.DataAnnotations.Schema;

namespace Garm.Data.Model;

/// <summary>
/// A workflow job that a forge reported. It outlives the entities whose webhooks reported it: their ids are not foreign keys,
/// and are not shown once the entity is deleted (see <c>JobOwners</c>).
/// </summary>
public sealed class Job : IWatchedEntity
{
    public long Id { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public long Version { get; set; }

    /// <summary>Base URL of the forge, which numbers its own jobs.</summary>
    public string ForgeUrl { get; set; } = "";

    /// <summary>The forge's number; 0 for a scale set's. Unique with <see cref="ForgeUrl"/> and <see cref="ScaleSetJobId"/>.</summary>
    public long WorkflowJobId { get; set; }

    /// <summary>The forge's id of a job that it assigned to a scale set, which has no number; empty for a webhook's job.</summary>
    public string ScaleSetJobId { get; set; } = "";

    /// <summary>The scale set that it was assigned to; not a foreign key, because the job outlives it.</summary>
    public long? ScaleSetId { get; set; }

    public long RunId { get; set; }
    public string Action { get; set; } = "";
    public string Conclusion { get; set; } = "";
    public string Status { get; set; } = "";
    public string Name { get; set; } = "";

    /// <summary>Default for not yet.</summary>
    public DateTime StartedAt { get; set; }

    /// <summary>Default for not yet.</summary>
    public DateTime CompletedAt { get; set; }

    /// <summary>The forge's number of the runner that took it.</summary>
    public long RunnerId { get; set; }

    public long RunnerGroupId { get; set; }
    public string RunnerGroupName { get; set; } = "";
    public string RepositoryName { get; set; } = "";
    public string RepositoryOwner { get; set; } = "";
    public string WorkflowRunUrl { get; set; } = "";

    /// <summary>A JSON list of texts.</summary>
    public string Labels { get; set; } = "[]";

    public Guid? RepositoryId { get; set; }
    public Guid? OrganizationId { get; set; }
    public Guid? EnterpriseId { get; set; }
    public Guid? ForgeInstanceId { get; set; }

    /// <summary>The entity for which a runner is being created; the nil UUID for none.</summary>
    public Guid LockedBy { get; set; }

    /// <summary>The runner that took it, if it is one of the hub's. At most one.</summary>
    public List<Instance> Runners { get; } = [];

    /// <summary>Which of the four ids above belong to deleted entities; set by the code that loads a job for a view.</summary>
    [NotMapped]
    public IReadOnlySet<Guid> GoneOwners { get; set; } = new HashSet<Guid>();
}
