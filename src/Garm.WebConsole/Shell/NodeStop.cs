using Microsoft.Extensions.Hosting;

namespace Garm.WebConsole.Shell;

/// <summary>
/// Tells the open pages that the node stops, before the server closes their connections: callbacks run in the reverse order of their
/// registration, and the server's is registered when the hub starts.
/// </summary>
public sealed class NodeStop(IHostApplicationLifetime lifetime)
{
    // A page that does not take it in time sees that its connection is lost.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>Calls <paramref name="tell"/> once when the node stops, until the result is disposed.</summary>
    public IDisposable Register(Func<Task> tell) => lifetime.ApplicationStopping.Register(() =>
    {
        try
        {
            tell().Wait(Patience);
        }
        catch (AggregateException)
        {
            // The page is gone already.
        }
    });
}
