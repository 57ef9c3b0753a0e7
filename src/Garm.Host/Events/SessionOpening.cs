using Akka.Actor;
using Garm.Actors.Sessions;

namespace Garm.Host.Events;

/// <summary>Opens a session, and ends it again when the reply comes too late.</summary>
internal static class SessionOpening
{
    /// <summary>A reply that is later than this is ignored.</summary>
    private static readonly TimeSpan Forget = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The reply: <see cref="SessionOpened"/>, <see cref="SessionRefused"/>, or null when there is none within the limit.
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

    /// <summary>The client's IP address; a proxy's, unless the hub reads forwarded headers.</summary>
    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address.ToString(),
    };

    /// <summary>Ends a session that has no connection.</summary>
    public static void Undo(SessionOpened opened) =>
        opened.Session.Tell(new ClientFailed(SessionCloseReason.ConnectionLost), ActorRefs.NoSender);

    private static async Task UndoAsync(Task<object> answer)
    {
        await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (answer is { IsCompletedSuccessfully: true, Result: SessionOpened opened }) Undo(opened);
    }
}
