using Garm.WebConsole.Fleet;

namespace Garm.WebConsole.Parts;

/// <summary>Addresses of timelines.</summary>
public static class TimelineLink
{
    /// <summary>A job's.</summary>
    public static string Of(JobRow job) => Of("job", job.Key);

    /// <summary>A runner's.</summary>
    public static string Of(RunnerRow runner) => Of("instance", runner.Key);

    /// <summary>An entity's.</summary>
    /// <param name="type">The wire name of its type.</param>
    /// <param name="key">Which.</param>
    public static string Of(string type, FleetKey key)
    {
        var source = key.Source.Length == 0 ? "" : $"&source={Uri.EscapeDataString(key.Source)}";
        return $"timeline?type={Uri.EscapeDataString(type)}&id={Uri.EscapeDataString(key.Id)}{source}";
    }
}
