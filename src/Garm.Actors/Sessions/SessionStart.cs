using Garm.Data.ChangeLog;

namespace Garm.Actors.Sessions;

/// <summary>Where a client wants to begin.</summary>
/// <param name="Place">After this; null for now or for the earliest there is.</param>
internal sealed record SessionStart(LogHead? Place)
{
    /// <summary>With what is committed from now on.</summary>
    public static SessionStart Now { get; } = new((LogHead?)null);

    /// <summary>With the oldest change that the log holds.</summary>
    public static SessionStart Earliest { get; } = new((LogHead?)null);
}
