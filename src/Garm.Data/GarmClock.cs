namespace Garm.Data;

/// <summary>Times as the tables store them: UTC in whole microseconds. PostgreSQL stores no more digits, and an event must equal a later read.</summary>
public static class GarmClock
{
    /// <summary>The current time.</summary>
    public static DateTime UtcNow(this TimeProvider clock) => clock.GetUtcNow().UtcDateTime.AsStored();

    /// <summary>A time as it is stored: cut to whole microseconds; a time without a zone is UTC.</summary>
    public static DateTime AsStored(this DateTime time)
    {
        var utc = time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
