namespace Garm.Data;

/// <summary>Times as the tables keep them: UTC in whole microseconds. PostgreSQL keeps no more, and an event must equal what is read back.</summary>
public static class GarmClock
{
    /// <summary>Now.</summary>
    public static DateTime UtcNow(this TimeProvider clock) => clock.GetUtcNow().UtcDateTime.AsStored();

    /// <summary>A time as it is stored: cut to whole microseconds; a time without a zone is taken as UTC.</summary>
    public static DateTime AsStored(this DateTime time)
    {
        var utc = time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
