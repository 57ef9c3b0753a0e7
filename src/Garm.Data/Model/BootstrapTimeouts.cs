namespace Garm.Data.Model;

/// <summary>The time from a runner's creation until it must be in service, in minutes.</summary>
internal static class BootstrapTimeouts
{
    /// <summary>GARM's default.</summary>
    public const uint Default = 20;

    /// <summary>Ten years: a runner's token is valid as long, and a later expiry would not be a valid time.</summary>
    public const uint Longest = 10 * 365 * 24 * 60;

    /// <summary>What is wrong with a timeout; null when it is valid.</summary>
    public static string? FaultOf(uint? minutes) => minutes > Longest
        ? $"runner_bootstrap_timeout is too long: at most {Longest} minutes (ten years) are accepted"
        : null;
}
