using System.Diagnostics;
using System.Text.Json;

namespace Garm.Bench.Budget;

/// <summary>Runs the load generator, and takes medians.</summary>
internal static class Load
{
    /// <summary>One run; its line is printed as it came, with a name in front.</summary>
    public static async Task<Result> RunAsync(string name, Server server, string subscribe, bool writes, params string[] arguments)
    {
        string[] all = [.. server.LoadArguments(subscribe), .. writes ? server.WriteArguments : [], .. arguments];
        var start = new ProcessStartInfo("dotnet", [Checkout.Program("bench", "Garm.Bench.Load"), .. all]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var line = (await process.StandardOutput.ReadToEndAsync()).Trim();
        await process.WaitForExitAsync();
        if (line.Length == 0) throw new InvalidOperationException($"{name}: the load generator ended with {process.ExitCode}");
        Console.WriteLine($$"""{"run":"{{name}}","server":"{{server.Name}}",{{line[1..]}}""");
        return new Result(JsonSerializer.Deserialize<JsonElement>(line));
    }

    /// <summary>The median of what the runs measured.</summary>
    public static double Median(this IEnumerable<Result> results, string value)
    {
        var sorted = results.Select(x => x[value]).Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The largest.</summary>
    public static double Worst(this IEnumerable<Result> results, string value) => results.Max(x => x[value]);
}

/// <summary>What a run measured, by the names in its line; <c>lat_ms.p99</c> for what is within.</summary>
internal sealed record Result(JsonElement Json)
{
    public double this[string name] => name.Split('.').Aggregate(Json, (json, part) => json.GetProperty(part)).GetDouble();
}
