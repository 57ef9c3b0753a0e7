using Akka.Actor;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>
/// Sends each commit of this node to <see cref="DbWatcherActor"/>. It needs no actor system, because migrations and seeds commit before
/// there is one; the relay finds such commits in the log.
/// </summary>
public sealed class DbWatcherCommitListener : ICommitListener
{
    private volatile IActorRef _watcher = ActorRefs.Nobody;

    /// <summary>Sends commits to <paramref name="watcher"/> from now on.</summary>
    public void Attach(IActorRef watcher) => _watcher = watcher;

    /// <inheritdoc />
    public void Committed(ChangeBatch batch) => _watcher.Tell(new ChangesCommitted(batch), ActorRefs.NoSender);
}
