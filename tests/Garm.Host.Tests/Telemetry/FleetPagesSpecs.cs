using System.Text;
using Garm.Contracts.Entities;
using Garm.Host.Telemetry;

namespace Garm.Host.Tests.Telemetry;

/// <summary>The gauges of a large fleet are written page by page.</summary>
public sealed class FleetPagesSpecs
{
    private const int Pages = 4;

    [Fact]
    public async Task ARunner_IsWritten_BeforeTheNextPageIsRead()
    {
        var text = new PrometheusText();

        await FleetMetrics.WriteRunnersAsync(
            text,
            PagesOf(text, x => new InstanceView { Name = $"runner-{x}", PoolId = "p", Status = "running" }),
            new Dictionary<string, FleetMetrics.Owner> { ["p"] = new("o/r", "repository") },
            new Dictionary<long, FleetMetrics.Owner>());

        Assert.Equal(Pages, text.ToString().Split('\n').Count(x => x.Contains("pool_owner=\"o/r\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task APool_IsWritten_BeforeTheNextPageIsRead_AndTheSamplesOfAGaugeStayTogether()
    {
        var text = new PrometheusText();
        var owners = new Dictionary<string, FleetMetrics.Owner>();

        await FleetMetrics.WritePoolsAsync(
            text, PagesOf(text, x => new PoolView { Id = $"runner-{x}", Endpoint = EndpointView.Empty }), owners);

        Assert.Equal(Pages, owners.Count);
        var names = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(x => x[0] != '#').Select(x => x[..x.IndexOf('{')]).ToList();
        Assert.Equal(5 * Pages, names.Count);
        Assert.Equal(5, 1 + names.Zip(names.Skip(1)).Count(x => x.First != x.Second));
        using var written = new MemoryStream();
        await text.WriteToAsync(written, default);
        Assert.Equal(text.ToString(), Encoding.UTF8.GetString(written.ToArray()));
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> PagesOf<T>(PrometheusText text, Func<int, T> row)
    {
        await Task.CompletedTask;
        for (var page = 0; page < Pages; page++)
        {
            if (page > 0) Assert.Contains($"runner-{page - 1}\"", text.ToString(), StringComparison.Ordinal);
            yield return [row(page)];
        }
    }
}
