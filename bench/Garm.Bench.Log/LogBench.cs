using System.Diagnostics;
using System.Globalization;
using Garm.Data;
using Garm.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Garm.Bench.Log;

/// <summary>
/// The same writes with the change log and without it, in turn, in one run. What the log costs is everything between: the payload, the positions, the log row, and the lock on the log's head.
/// </summary>
internal static class LogBench
{
    private const int WarmUpTurns = 6;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        await using var database = await BenchDatabase.CreateAsync(options.PostgreSql);
        if (options.Sources)
        {
            Console.WriteLine(database.Engine.Name);
            await MirrorBench.RunAsync(database, Math.Min(options.Rounds, 5));
            return 0;
        }

        var ids = await AddRowsAsync(database, options.Writers);
        var plain = PlainContext.Factory(database.Engine);

        // In short turns: whatever else the machine does meanwhile falls on both alike.
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{database.Engine.Name}, {options.Writers} writers, {options.Rounds} turns of {options.Seconds} s each; commits/s"));
        await CompareAsync(
            "bare row", options, ids, (id, turn) => PlainWrites.BareAsync(database.Engine, plain, id, turn),
            (id, turn) => LoggedWrites.BareAsync(database.Services, id, turn));
        await CompareAsync(
            "proxy renamed", options, ids, (id, turn) => PlainWrites.RenameAsync(database.Engine, plain, id, turn),
            (id, turn) => LoggedWrites.RenameAsync(database.Services, id, turn));
        return 0;
    }

    private static async Task CompareAsync(
        string name, BenchOptions options, IReadOnlyList<long> ids, Func<long, int, Task> plainAsync, Func<long, int, Task> loggedAsync)
    {
        // Thrown away, as long as code is still being compiled and connections are opened.
        for (var turn = 0; turn < WarmUpTurns; turn++)
        {
            await MeasureAsync(ids, 1, plainAsync);
            await MeasureAsync(ids, 1, loggedAsync);
        }

        var (without, with) = (new List<Rate>(), new List<Rate>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            without.Add(await MeasureAsync(ids, options.Seconds, plainAsync));
            with.Add(await MeasureAsync(ids, options.Seconds, loggedAsync));
        }

        Console.WriteLine(Line($"{name}, median", Median(without.Select(x => x.Commits)), Median(with.Select(x => x.Commits))));
        Console.WriteLine(Line($"{name}, mean", without.Average(x => x.Commits), with.Average(x => x.Commits)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, CPU of this process a commit: {without.Average(x => x.Microseconds):0} us without, {with.Average(x => x.Microseconds):0} us with"));
    }

    private static async Task<Rate> MeasureAsync(IReadOnlyList<long> ids, double seconds, Func<long, int, Task> writeAsync)
    {
        var started = Stopwatch.GetTimestamp();
        var before = Environment.CpuUsage.TotalTime;
        var counts = await Task.WhenAll(ids.Select(id => Task.Run(async () =>
        {
            var count = 0;
            while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds) await writeAsync(id, ++count);
            return count;
        })));
        return new Rate(
            counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds,
            (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / counts.Sum());
    }

    private static async Task<IReadOnlyList<long>> AddRowsAsync(BenchDatabase database, int count)
    {
        await using var db = await database.Services.GetRequiredService<IDbContextFactory<GarmDbContext>>().CreateDbContextAsync();
        var proxies = Enumerable.Range(0, count).Select(i => new Proxy { Name = $"p{i}", HttpProxy = "http://p.example.com:3128" }).ToList();
        db.AddRange(proxies);
        await db.SaveChangesAsync();
        return proxies.ConvertAll(x => x.Id);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Line(string name, double without, double with) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {without:0} without the log, {with:0} with it: {100 * with / without:0} % of the rate, the log is {100 * (1 - (with / without)):0} % of a write");

    private sealed record Rate(double Commits, double Microseconds);
}
