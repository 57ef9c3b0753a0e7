using Garm.Contracts.Events;
using Garm.WebConsole.Fleet;

namespace Garm.WebConsole.Parts;

/// <summary>What the console calls things.</summary>
public static class Names
{
    /// <summary>A type of entity.</summary>
    public static string OfType(EntityType type) => type switch
    {
        EntityType.Instance => "runner",
        EntityType.ScaleSet => "scale set",
        _ => type.WireName().Replace('_', ' '),
    };

    /// <summary>A runner's state.</summary>
    public static string Of(RunnerState state) => state switch
    {
        RunnerState.Starting => "starting",
        RunnerState.Idle => "idle",
        RunnerState.Active => "active",
        RunnerState.Failed => "failed",
        RunnerState.Ending => "ending",
        _ => "other",
    };
}
