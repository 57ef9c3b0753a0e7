using System.Text.Json;
using Garm.Log.Sources;

namespace Garm.Actors.Sources;

/// <summary>Connects to GARM servers.</summary>
public interface ISourceConnector
{
    /// <summary>Logs in, reads the controller's information, opens the event socket and asks for everything.</summary>
    /// <param name="settings">The source.</param>
    /// <param name="listener">Receives the frames, and the socket's end, from any thread.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SourceException">Something failed; the message says what, for the operator.</exception>
    Task<ISourceSession> ConnectAsync(SourceSettings settings, ISourceListener listener, CancellationToken cancellation);
}

/// <summary>Receives what an event socket brings.</summary>
public interface ISourceListener
{
    /// <summary>A text frame, UTF-8.</summary>
    void OnFrame(ReadOnlyMemory<byte> frame);

    /// <summary>The socket has ended; nothing follows. The message says why, for the operator.</summary>
    void OnEnd(string message);
}

/// <summary>An open connection to a server. Disposing it closes the socket; a list that is being read can be read on.</summary>
public interface ISourceSession : IAsyncDisposable
{
    /// <summary>What the server says of itself.</summary>
    SourceServer Server { get; }

    /// <summary>The entities of a list, as they are read: nothing keeps them.</summary>
    /// <exception cref="SourceException">The list failed, or was cut, or is none.</exception>
    /// <exception cref="NoSuchRouteException">The server has no such list.</exception>
    IAsyncEnumerable<JsonElement> ListAsync(string route, CancellationToken cancellation);

    /// <summary>The server's answer for one entity; null when it has none.</summary>
    /// <exception cref="SourceException">It did not answer.</exception>
    Task<ReadOnlyMemory<byte>?> GetAsync(string route, CancellationToken cancellation);
}

/// <summary>What a server says of itself when it is connected to.</summary>
/// <param name="ControllerId">Made with its database.</param>
/// <param name="Version">Its version; may be empty.</param>
/// <param name="TokenLifetime">How long the token is good; null when that is not known.</param>
public sealed record SourceServer(string ControllerId, string Version, TimeSpan? TokenLifetime);

/// <summary>A failure of a source.</summary>
/// <param name="message">What failed, for the operator.</param>
/// <param name="cause">The exception behind it.</param>
public class SourceException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The server refused the login. Whoever asks often locks the user out.</summary>
/// <param name="message">What it said, for the operator.</param>
public sealed class LoginRefusedException(string message) : SourceException(message);

/// <summary>The server takes the token no more.</summary>
/// <param name="message">What it said, for the operator.</param>
public sealed class LoginEndedException(string message) : SourceException(message);

/// <summary>The server is of a version that has no such list.</summary>
/// <param name="route">The list.</param>
public sealed class NoSuchRouteException(string route) : SourceException($"the server has no {route}");
