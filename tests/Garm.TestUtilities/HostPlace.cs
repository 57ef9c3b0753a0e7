namespace Garm.TestUtilities;

/// <summary>Where a host runs.</summary>
/// <param name="Address">What it listens on, and where the tests reach it.</param>
/// <param name="Launcher">
/// A program and its arguments that becomes the host (exec): signals go to the process that was started. None starts the host
/// as it is.
/// </param>
public sealed record HostPlace(string Address, params IReadOnlyList<string> Launcher)
{
    /// <summary>Beside the tests.</summary>
    public static HostPlace Loopback { get; } = new("127.0.0.1");
}
