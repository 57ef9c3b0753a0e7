using Akka.Actor;
using Garm.Actors.Sessions;

namespace Garm.Host.Events;

/// <summary>Asks for a session, and makes sure that none is left behind when the answer comes too late.</summary>
internal static class SessionOpening
{
    /// <summary>An answer that takes longer than this is no longer waited for, not even to undo it.</summary>
    private static readonly TimeSpan Forget = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The answer: <see cref="SessionOpened"/>, <see cref="SessionRefused"/>, or null when none came in time.
    /// </summary>
    public static async Task<object?> AskAsync(
        IActorRef manager, OpenSession open, TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        var answer = manager.Ask<object>(open, Forget, CancellationToken.None);
        try
        {
            return await answer.WaitAsync(limit, time, cancellation);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            _ = UndoAsync(answer);
            return null;
        }
    }

    /// <summary>Ends a session that has no connection.</summary>
    public static void Undo(SessionOpened opened) =>
        opened.Session.Tell(new ClientFailed(SessionCloseReason.ConnectionLost), ActorRefs.NoSender);

    private static async Task UndoAsync(Task<object> answer)
    {
        await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (answer is { IsCompletedSuccessfully: true, Result: SessionOpened opened }) Undo(opened);
    }
}
