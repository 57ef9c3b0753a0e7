namespace Garm.Actors.Changes;

/// <summary>The mediator's topics.</summary>
public static class Topics
{
    /// <summary>Carries <see cref="PublishedBatch"/>; each node's relay listens, and nobody else.</summary>
    public const string Changes = "garm.changes";
}
