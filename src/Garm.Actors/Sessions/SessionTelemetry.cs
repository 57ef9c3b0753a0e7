using System.Diagnostics.Metrics;
using Garm.Actors.Telemetry;

namespace Garm.Actors.Sessions;

/// <summary>The metrics of sessions, recorded once per session and never per event. Tags are bounded.</summary>
public static class SessionTelemetry
{
    private static readonly UpDownCounter<long> OpenSessions = GarmTelemetry.Meter.CreateUpDownCounter<long>(
        "garm.sessions.open", "{session}", "Sessions open on this node.");

    private static readonly UpDownCounter<long> ParkedSessions = GarmTelemetry.Meter.CreateUpDownCounter<long>(
        "garm.sessions.parked", "{session}", "Sessions that read too slowly and catch up at their own pace.");

    private static readonly Counter<long> Parkings = GarmTelemetry.Meter.CreateCounter<long>(
        "garm.sessions.parkings", "{parking}", "How often a session was parked because it read too slowly.");

    private static readonly Counter<long> ClosedSessions = GarmTelemetry.Meter.CreateCounter<long>(
        "garm.sessions.closed", "{session}", "Sessions that ended.");

    private static readonly Counter<long> RefusedSessions = GarmTelemetry.Meter.CreateCounter<long>(
        "garm.sessions.refused", "{session}", "Sessions that the node refused to open.");

    /// <summary>Initializes the counters to 0. The host calls it once metrics are collected.</summary>
    public static void Show()
    {
        OpenSessions.Add(0);
        ParkedSessions.Add(0);
        Parkings.Add(0);
    }

    /// <summary>A session is open.</summary>
    internal static void Opened() => OpenSessions.Add(1);

    /// <summary>A session's actor has stopped.</summary>
    internal static void Gone() => OpenSessions.Add(-1);

    /// <summary>A session ends; called once per session.</summary>
    internal static void Closed(SessionCloseReason reason)
    {
        if (ClosedSessions.Enabled) ClosedSessions.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
    }

    /// <summary>A session was not opened.</summary>
    internal static void Refused(SessionRefusal reason)
    {
        if (RefusedSessions.Enabled) RefusedSessions.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
    }

    /// <summary>A live session fell behind. Followed by one <see cref="Unparked"/>.</summary>
    internal static void Parked()
    {
        ParkedSessions.Add(1);
        Parkings.Add(1);
    }

    /// <summary>A session that fell behind is live again, or has ended.</summary>
    internal static void Unparked() => ParkedSessions.Add(-1);
}
