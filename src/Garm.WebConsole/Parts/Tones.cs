using Garm.Actors.Sessions;
using Garm.WebConsole.Fleet;

namespace Garm.WebConsole.Parts;

/// <summary>The colours of states, by name; <c>console.css</c> has them.</summary>
public static class Tones
{
    /// <summary>Of a runner.</summary>
    public static string Of(RunnerState state) => state switch
    {
        RunnerState.Idle => "good",
        RunnerState.Active => "busy",
        RunnerState.Starting => "wait",
        RunnerState.Failed => "bad",
        _ => "off",
    };

    /// <summary>Of a job.</summary>
    public static string OfJob(string status, string conclusion) => (status, conclusion) switch
    {
        ("completed", "success") => "good",
        ("completed", "failure" or "timed_out" or "startup_failure") => "bad",
        ("in_progress", _) => "busy",
        ("queued" or "waiting" or "pending" or "requested", _) => "wait",
        _ => "off",
    };

    /// <summary>Of a source.</summary>
    public static string OfSource(string state) => state switch
    {
        "synced" => "good",
        "connecting" or "listing" => "wait",
        "retrying" => "bad",
        _ => "off",
    };

    /// <summary>Of an event session.</summary>
    public static string OfSession(string state) => state switch
    {
        SessionStates.Live => "good",
        SessionStates.FellBehind or SessionStates.NotResponding => "bad",
        SessionStates.CatchingUp or SessionStates.Snapshot => "wait",
        _ => "off",
    };

    /// <summary>Of an event's operation.</summary>
    public static string OfOperation(string operation) => operation switch
    {
        "create" => "good",
        "delete" => "bad",
        _ => "busy",
    };
}
