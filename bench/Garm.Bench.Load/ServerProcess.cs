using System.Globalization;

namespace Garm.Bench.Load;

/// <summary>What the kernel says of the measured process; zeros when none was named.</summary>
internal sealed class ServerProcess(int pid)
{
    private const double TicksPerSecond = 100; // USER_HZ, which Linux shows to programs on every machine.

    /// <summary>Processor time of all its threads so far, in seconds.</summary>
    public double CpuSeconds
    {
        get
        {
            if (pid == 0) return 0;
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
        }
    }

    /// <summary>Resident memory, in KiB.</summary>
    public long ResidentKiB
    {
        get
        {
            if (pid == 0) return 0;
            var line = File.ReadLines($"/proc/{pid}/status").First(x => x.StartsWith("VmRSS:", StringComparison.Ordinal));
            return Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
