namespace Garm.Data;

/// <summary>Now, as the tables keep it.</summary>
public static class GarmClock
{
    /// <summary>UTC in whole microseconds: PostgreSQL keeps no more, and an event must equal what is read back.</summary>
    public static DateTime UtcNow(this TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
