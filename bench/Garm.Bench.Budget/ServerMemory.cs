using System.Globalization;

namespace Garm.Bench.Budget;

/// <summary>The memory of a process, in MB, as Linux counts it.</summary>
internal static class ServerMemory
{
    /// <summary>What it has now.</summary>
    public static double Now(int pid) => Read(pid, "VmRSS:");

    /// <summary>The most that it had since <see cref="ForgetPeak"/>.</summary>
    public static double Peak(int pid) => Read(pid, "VmHWM:");

    /// <summary>Begins to count the peak anew.</summary>
    public static void ForgetPeak(int pid) => File.WriteAllText($"/proc/{pid}/clear_refs", "5");

    private static double Read(int pid, string name)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(x => x.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }
}
