using System.Diagnostics;
using System.Globalization;
using System.Text;
using Garm.Contracts.Events;
using Garm.Log.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Garm.Bench.Log;

/// <summary>What sources bring, written to mirror and log: one transaction for many changes beside one for each, and a steady stream of them.</summary>
internal static class MirrorBench
{
    private const int Changes = 1000;
    private const int Sources = 3;
    private const int Rate = 500;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(BenchDatabase database, int rounds)
    {
        var mirror = database.Services.GetRequiredService<ISourceMirror>();
        var leases = database.Services.GetRequiredService<ISourceLeases>();
        var sources = new List<Source>();
        for (var i = 0; i < Sources; i++)
        {
            var lease = await leases.TryAcquireAsync(Guid.NewGuid(), TimeSpan.FromHours(1), default)
                ?? throw new InvalidOperationException("a lease of a new source is free");
            sources.Add(new Source(mirror, lease, $"s{i}"));
        }

        await BatchesAsync(sources[0], rounds);
        await SteadyAsync(sources, seconds: 10);
    }

    private static async Task BatchesAsync(Source source, int rounds)
    {
        await source.WriteAsync(Changes, 1);
        await source.WriteAsync(Changes, Changes);
        var (together, apart) = (new List<Cost>(), new List<Cost>());
        for (var i = 0; i < rounds; i++)
        {
            together.Add(await MeasureAsync(() => source.WriteAsync(Changes, Changes)));
            apart.Add(await MeasureAsync(() => source.WriteAsync(Changes, 1)));
        }

        var (one, many) = (Median(together), Median(apart));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Changes} changes in one transaction: {one.Seconds:0.000} s, CPU {one.Cpu:0.000} s; in {Changes}: {many.Seconds:0.000} s, CPU {many.Cpu:0.000} s; shares {one.Seconds / many.Seconds:0.000} and {one.Cpu / many.Cpu:0.000}"));
    }

    private static async Task SteadyAsync(List<Source> sources, int seconds)
    {
        await Task.WhenAll(sources.Select(x => StreamAsync(x, 2)));
        var cost = await MeasureAsync(() => Task.WhenAll(sources.Select(x => StreamAsync(x, seconds))));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Sources} sources, {Rate * Sources} changes/s together, in a transaction every {Tick.TotalMilliseconds:0} ms each: {cost.Seconds:0.0} s for {seconds} s of changes, {cost.Cpu / cost.Seconds:0.00} processors"));
    }

    private static async Task StreamAsync(Source source, int seconds)
    {
        var size = (int)(Rate * Tick.TotalSeconds);
        using var timer = new PeriodicTimer(Tick);
        for (var i = 0; i < seconds * Rate / size; i++)
        {
            await timer.WaitForNextTickAsync();
            await source.WriteAsync(size, size);
        }
    }

    private static async Task<Cost> MeasureAsync(Func<Task> work)
    {
        var (started, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await work();
        return new Cost(Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    private static Cost Median(List<Cost> costs) => new(
        costs.Select(x => x.Seconds).Order().ElementAt(costs.Count / 2), costs.Select(x => x.Cpu).Order().ElementAt(costs.Count / 2));

    /// <param name="Seconds">Of the clock.</param>
    /// <param name="Cpu">Seconds of this process; a database server's are not in it.</param>
    private sealed record Cost(double Seconds, double Cpu);

    /// <summary>A source with a thousand runners, whose status changes with each write.</summary>
    private sealed class Source(ISourceMirror mirror, SourceLease lease, string name)
    {
        private int _turn;
        private int _next;

        /// <summary>Changes so many of them, in transactions of this size.</summary>
        public async Task WriteAsync(int count, int size)
        {
            for (var i = 0; i < count; i += size)
            {
                var written = await mirror.WriteAsync(lease, name, [.. Enumerable.Range(0, size).Select(_ => Next())], default);
                if (written?.Count != size) throw new InvalidOperationException($"{size} changes were sent, {written?.Count} written");
            }
        }

        private MirrorChange Next()
        {
            var number = _next++ % Changes;
            _turn++;
            var id = $"00000000-0000-4000-8000-{number:x12}";
            var time = (DateTime.UnixEpoch + TimeSpan.FromSeconds(_turn)).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            return new MirrorChange(
                new MirrorKey(EntityType.Instance, id),
                Encoding.UTF8.GetBytes(
                    $$"""{"id":"{{id}}","provider_id":"i-{{number:x8}}","provider_name":"lxd","name":"garm-runner-{{number}}","os_type":"linux","os_name":"ubuntu","os_version":"24.04","os_arch":"amd64","addresses":[{"address":"10.0.0.7","type":"private"}],"status":"running","runner_status":"{{(_turn / Changes % 2 == 0 ? "idle" : "active")}}","pool_id":"9337fe0f-7b4d-472b-8f10-6411f27a663e","created_at":"2026-11-29T09:35:48Z","updated_at":"{{time}}","agent_id":{{_turn}},"github-runner-group":"default"}"""),
                IsDeletion: false,
                IsListed: false);
        }
    }
}
