using Garm.Host.Tests.Hub;
using Xunit;

namespace Garm.Host.Tests.Telemetry;

/// <summary><c>/metrics</c> when it requires a token.</summary>
public sealed class MetricsTokenSpecs : InitialisedHub
{
    protected override Dictionary<string, string?> Settings => new() { ["Garm:Metrics:DisableAuth"] = "false" };

    [Fact]
    public async Task OnlyTheMetricsToken_OpensIt()
    {
        var token = (await Admin.SendAsync("GET", "/api/v1/metrics-token")).Json.GetProperty("token").GetString();
        using var prometheus = new HubClient(Host.BaseUrl, token);
        using var forger = new HubClient(Host.BaseUrl, token + "x");
        using var nobody = new HubClient(Host.BaseUrl, null);

        Assert.Equal(200, (await prometheus.SendAsync("GET", "/metrics")).Status);
        Assert.Equal(401, (await forger.SendAsync("GET", "/metrics")).Status);
        Assert.Equal(401, (await Admin.SendAsync("GET", "/metrics")).Status);
        Assert.Equal((401, "{\"error\":\"Authentication failed\",\"details\":\"\"}\n"), await AskAsync(nobody));
        Assert.Equal(401, (await prometheus.SendAsync("GET", "/api/v1/users")).Status);
    }

    private static async Task<(int, string)> AskAsync(HubClient client)
    {
        var answer = await client.SendAsync("GET", "/metrics");
        return (answer.Status, answer.Text);
    }
}
