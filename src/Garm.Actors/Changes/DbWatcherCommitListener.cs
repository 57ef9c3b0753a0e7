using Akka.Actor;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>
/// Tells this node's <see cref="DbWatcherActor"/> of each commit. It depends on no actor system, so that a migration or
/// a seed that commits before the system is up neither starts it nor fails: such commits are found in the log.
/// </summary>
public sealed class DbWatcherCommitListener : ICommitListener
{
    private volatile IActorRef _watcher = ActorRefs.Nobody;

    /// <summary>From now on commits go to <paramref name="watcher"/>.</summary>
    public void Attach(IActorRef watcher) => _watcher = watcher;

    /// <inheritdoc />
    public void Committed(ChangeBatch batch) => _watcher.Tell(new ChangesCommitted(batch), ActorRefs.NoSender);
}
