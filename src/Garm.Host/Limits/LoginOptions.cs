namespace Garm.Host.Limits;

/// <summary><c>Garm:Login</c>: how many logins may fail before further attempts are refused.</summary>
internal sealed record LoginOptions
{
    /// <summary>Failures in one window for one user name. Default 10; 0 for no limit.</summary>
    public int FailuresPerUser { get; init; } = 10;

    /// <summary>Failures in one window from one address. Default 30; 0 for no limit.</summary>
    public int FailuresPerAddress { get; init; } = 30;

    /// <summary>The window. Default 1 min.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);
}
