using System.Globalization;

namespace Garm.WebConsole.Parts;

/// <summary>Times as people read them.</summary>
public static class AgeText
{
    /// <summary>How long something took or is ago: <c>12 s</c>, <c>4 min</c>, <c>3 h 10 min</c>, <c>2 d 4 h</c>.</summary>
    public static string Of(TimeSpan span)
    {
        if (span < TimeSpan.Zero) span = TimeSpan.Zero;
        return span switch
        {
            { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
            { TotalSeconds: < 120 } => $"{(int)span.TotalSeconds} s",
            { TotalMinutes: < 60 } => $"{(int)span.TotalMinutes} min",
            { TotalHours: < 24 } => span.Minutes == 0 ? $"{span.Hours} h" : $"{span.Hours} h {span.Minutes} min",
            _ => span.Hours == 0 ? $"{span.Days} d" : $"{span.Days} d {span.Hours} h",
        };
    }

    /// <summary>How long ago; nothing for a time that is none.</summary>
    public static string Ago(DateTime? time, DateTime now) =>
        time is not { Year: > 1 } at ? "never" : (now - at).TotalSeconds < 10 ? "now" : $"{Of(now - at)} ago";

    /// <summary>The time itself, UTC.</summary>
    public static string Exact(DateTime? time) =>
        time is { Year: > 1 } at ? at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC" : "";
}
