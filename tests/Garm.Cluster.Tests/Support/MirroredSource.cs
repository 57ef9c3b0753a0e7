using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Cluster.Tests.Support;

/// <summary>The source <c>east</c> of a cluster.</summary>
internal static class MirroredSource
{
    /// <summary>Whether a node mirrors it.</summary>
    public static async Task<bool> IsMirroringAsync(RunningHost node)
    {
        using var client = new HttpClient();
        var metrics = await client.GetStringAsync(new Uri(node.BaseUrl, "/metrics"));
        return metrics.Contains("garm_source_up{", StringComparison.Ordinal);
    }

    /// <summary>Its state.</summary>
    public static async Task<string> StateAsync(HubClient admin) =>
        (await admin.SendAsync("GET", "/api/v1/sources/east")).Json.GetProperty("status").GetProperty("state").ToString();

    /// <summary>Makes a proxy at the source's server.</summary>
    public static async Task MakeAsync(HubClient server, string name)
    {
        var answer = await server.SendAsync("POST", "/api/v1/proxies", new { name, http_proxy = "http://p.example.com" });
        Assert.True(answer.Status == 200, answer.Text);
    }
}
