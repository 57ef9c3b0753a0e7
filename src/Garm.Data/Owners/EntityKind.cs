namespace Garm.Data.Owners;

/// <summary>The kinds of entities that runners are registered with.</summary>
public enum EntityKind
{
    /// <summary>Repositories.</summary>
    Repository,

    /// <summary>Organizations.</summary>
    Organization,

    /// <summary>GitHub enterprises.</summary>
    Enterprise,

    /// <summary>Whole Gitea servers.</summary>
    ForgeInstance,
}
