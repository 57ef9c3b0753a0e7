namespace Garm.TestUtilities;

/// <summary>Where a host runs.</summary>
/// <param name="Address">The address that it listens on, and where the tests reach it.</param>
/// <param name="Launcher">
/// A program and its arguments that becomes the host (exec): signals go to the process that was started. Empty to start the host
/// directly.
/// </param>
public sealed record HostPlace(string Address, params IReadOnlyList<string> Launcher)
{
    /// <summary>Beside the tests.</summary>
    public static HostPlace Loopback { get; } = new("127.0.0.1");
}
