using System.Diagnostics;
using Garm.Bench.Budget;

namespace Garm.Bench.Nodes;

/// <summary>A node in a process of its own.</summary>
/// <param name="name">For people.</param>
/// <param name="data">The data folder, which the nodes share.</param>
/// <param name="database">A connection string of PostgreSQL, or null for SQLite.</param>
internal sealed class Node(string name, string data, string? database) : Server
{
    public override string Name => name;

    public override IReadOnlyList<string> WriteArguments => [];

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public override IReadOnlyList<string> LoadArguments(string subscribe) => [];

    /// <summary>Waits until it is a member of the cluster.</summary>
    protected override async Task PrepareAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        for (var since = Stopwatch.GetTimestamp(); !await IsReadyAsync(http);)
        {
            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromMinutes(1)) throw new TimeoutException($"{name} is not ready");
            await Task.Delay(50);
        }
    }

    protected override ProcessStartInfo StartInfo(string folder) => new("dotnet", [
        Checkout.Program("src", "Garm.Host"), "--urls", $"http://127.0.0.1:{Port}", $"--Garm:DataDirectory={data}",
        "--Garm:Cluster:Hostname=127.0.0.1",
        .. database is null ? Array.Empty<string>() : ["--Garm:Database:Provider=PostgreSql", $"--Garm:Database:ConnectionString={database}"]]);

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }
}
