using System.Text.RegularExpressions;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Telemetry;

/// <summary>The fleet at <c>/metrics</c>, under GARM's names, so that dashboards made for GARM show it.</summary>
public sealed partial class FleetMetricsSpecs : InitialisedHub
{
    protected override bool NeedsProcess => true;

    protected override Dictionary<string, string?> Settings => new() { ["Garm:Providers:0:Description"] = "a \"quoted\" \\ text" };

    [Fact]
    public async Task TheFleet_IsShown_AsGarmShowsIt()
    {
        var pool = await Admin.MakePoolAsync("shown");
        var runner = await Admin.SendAsync("POST", $"/api/v1/pools/{pool}/instances", new { name = "runner-1" });
        Assert.True(runner.Status == 200, runner.Text);
        var repository = (await Admin.SendAsync("GET", "/api/v1/repositories")).Json[0].GetProperty("id").GetString();
        var set = await Admin.SendAsync("POST", $"/api/v1/repositories/{repository}/scalesets", new
        {
            name = "set",
            scale_set_id = 7,
            provider_name = "fake",
            max_runners = 4,
            min_idle_runners = 1,
            image = "i",
            flavor = "f",
            os_type = "linux",
            os_arch = "amd64",
        });
        var setId = set.Json.GetProperty("id").GetInt64();
        Assert.Equal(200, (await Admin.SendAsync("PUT", $"/api/v1/scalesets/{setId}", new { desired_runner_count = 3, enabled = true })).Status);
        Assert.Equal(200, (await Admin.SendAsync("POST", $"/api/v1/scalesets/{setId}/jobs", new
        {
            scaleset_job_id = "j-1",
            status = "queued",
            name = "build",
            run_id = 12,
            repository_owner = "o",
            repository_name = "shown",
            labels = new[] { "a", "b" },
        })).Status);

        var lines = (await Admin.SendAsync("GET", "/metrics")).Text.Split('\n');

        Assert.Contains($$"""garm_repository_info{name="shown",id="{{repository}}"} 1""", lines);
        Assert.Contains($$"""garm_repository_pool_manager_status{name="shown",id="{{repository}}",running="false"} 0""", lines);
        Assert.Contains("""garm_provider_info{name="fake",type="external",description="a \"quoted\" \\ text"} 1""", lines);
        Assert.Contains(
            $$"""garm_pool_info{id="{{pool}}",image="i",flavor="f",prefix="garm",os_type="linux",os_arch="amd64",tags="x",provider="fake",pool_owner="o/shown",pool_type="repository"} 1""",
            lines);
        Assert.Contains($$"""garm_pool_status{id="{{pool}}",enabled="false"} 0""", lines);
        Assert.Contains($$"""garm_pool_max_runners{id="{{pool}}"} 5""", lines);
        Assert.Contains(
            $$"""garm_runner_status{name="runner-1",status="pending_create",runner_status="pending",pool_owner="o/shown",pool_type="repository",pool_id="{{pool}}",scaleset_id="",provider="fake"} 1""",
            lines);
        Assert.Contains($$"""garm_scaleset_desired_runner_count{id="{{setId}}"} 3""", lines);
        Assert.Contains(lines, x => x.StartsWith($$"""garm_scaleset_status{id="{{setId}}",enabled="true",state=""", StringComparison.Ordinal));
        Assert.Contains(lines, x => x.StartsWith("garm_job_status{", StringComparison.Ordinal) && x.Contains("requested_labels=\"a b\"", StringComparison.Ordinal));
        Assert.Contains(lines, x => x.StartsWith("garm_health{metadata_url=\"http", StringComparison.Ordinal) && x.EndsWith(" 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatIsGone_IsNotShown()
    {
        var pool = await Admin.MakePoolAsync("gone");
        Assert.Contains(pool, (await Admin.SendAsync("GET", "/metrics")).Text, StringComparison.Ordinal);

        Assert.Equal(200, (await Admin.SendAsync("DELETE", $"/api/v1/pools/{pool}")).Status);

        Assert.DoesNotContain(pool, (await Admin.SendAsync("GET", "/metrics")).Text, StringComparison.Ordinal);
    }

    /// <summary>Prometheus prefers the other format, which has different rules for names.</summary>
    [Fact]
    public async Task Prometheus_GetsTheFormatThatGarmAnswersIn_AndReadsEveryLine()
    {
        await Admin.MakePoolAsync("format");
        using var http = new HttpClient { BaseAddress = Host.BaseUrl };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1");

        using var answer = await http.SendAsync(request);

        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.All(text.Split('\n'), line => Assert.Matches(Line(), line));
    }

    [LongFact]
    public async Task OfSeveralNodes_OneShowsTheFleet_AndAnotherOneWhenItIsGone()
    {
        var folder = Directory.CreateTempSubdirectory("garm-metrics-");
        try
        {
            await TakeTurnsAsync(new()
            {
                ["Garm:Database:ConnectionString"] = $"Data Source={Path.Combine(folder.FullName, "garm.db")}",
                ["Garm:Secrets:Passphrase"] = "one passphrase for both nodes",
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task TakeTurnsAsync(Dictionary<string, string?> settings)
    {
        await using var first = await RunningHost.StartAsync(settings);
        await using var second = await RunningHost.StartAsync(settings);
        using var ofFirst = new HubClient(first.BaseUrl, null);
        using var ofSecond = new HubClient(second.BaseUrl, null);
        for (var i = 0; i < 2; i++)
        {
            Assert.True(await ShowsFleetAsync(ofFirst));
            Assert.False(await ShowsFleetAsync(ofSecond));
        }

        await first.StopAsync();

        Assert.True(await ShowsFleetAsync(ofSecond));
    }

    private static async Task<bool> ShowsFleetAsync(HubClient client)
    {
        var answer = await client.SendAsync("GET", "/metrics");
        Assert.Equal(200, answer.Status);
        Assert.NotNull(MetricsEndpointSpecs.ValueOf(answer.Text, "garm_sessions_open"));
        return MetricsEndpointSpecs.ValueOf(answer.Text, "garm_health") is not null;
    }

    [GeneratedRegex("""^(|# (HELP|TYPE|UNIT|EOF) ?.*|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-z_]+="([^"\\]|\\["\\n])*",?)*\})? \S+( \d+)?)$""")]
    private static partial Regex Line();
}
