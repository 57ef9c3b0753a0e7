namespace Garm.Log.Sources;

/// <summary>Is called with the sources' settings each time this node has read them.</summary>
public interface ISourceObserver
{
    /// <summary>The settings as they were read. It must not block or fail.</summary>
    /// <param name="reading">
    /// Numbers the readings in the order in which they began: what a lower number brings later than a higher one is out of date.
    /// </param>
    /// <param name="sources">All sources, those that are being removed too.</param>
    void OnSources(long reading, IReadOnlyList<SourceSettings> sources);
}
