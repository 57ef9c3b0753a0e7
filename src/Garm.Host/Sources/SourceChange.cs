using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Sources;
using Garm.Log.Sources;

namespace Garm.Host.Sources;

/// <summary>Lets a change of a source's settings take effect on this node at once; the others find it within a second.</summary>
internal sealed class SourceChange(IRequiredActor<SourcesActor> actor, ISourceRegistry registry, ILogger<SourceChange> logger)
{
    /// <summary>Returns when this node knows the source's hosts, or could not read them.</summary>
    public async Task TellAsync(CancellationToken cancellation)
    {
        (await actor.GetAsync(cancellation)).Tell(LookAtSources.Instance, ActorRefs.NoSender);
        try
        {
            await registry.ReadAsync(cancellation); // Tells its observers.
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is not OutOfMemoryException)
        {
            // The change is made. What cannot be read now is read with the next look.
            logger.LogDebug(e, "The sources' settings could not be read after a change");
        }
    }
}
