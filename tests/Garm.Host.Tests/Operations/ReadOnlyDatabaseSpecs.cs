using System.Net;
using Garm.Golden.Running;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;
using Xunit;

namespace Garm.Host.Tests.Operations;

/// <summary>A PostgreSQL that accepts no writes, as a standby or by an operator's setting.</summary>
public sealed class ReadOnlyDatabaseSpecs
{
    [SkippableFact]
    public async Task TheNodeIsNotReady_SaysWhy_AndStartsAllTheSame()
    {
        await using var database = PostgreSqlDatabase.Create();
        var settings = database.Settings.ToDictionary(x => x.Key, x => x.Value);
        settings["Garm:Secrets:Passphrase"] = "one passphrase for both starts";
        string token;
        await using (var hub = await RunningHost.StartAsync(settings))
        {
            token = (await GoldenServer.InitialiseAsync(hub.BaseUrl)).Token ?? throw new InvalidOperationException("there is no token");
            await database.SetReadOnlyAsync(readOnly: true);

            using var admin = new HubClient(hub.BaseUrl, token);
            var refusal = await admin.SendAsync("POST", "/api/v1/proxies", new { name = "p", http_proxy = "http://p.example.com" });
            Assert.Equal(503, refusal.Status);
            Assert.Contains("the database is read-only", refusal.Text, StringComparison.Ordinal);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: writes fail: the database is read-only\n"), await ReadinessAsync(hub));
            Assert.Equal(200, (await admin.SendAsync("GET", "/api/v1/controller-info")).Status);
        }

        // No write was tried here.
        await using (var hub = await RunningHost.StartListeningAsync(settings))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: writes fail: the database is read-only\n"), await ReadinessAsync(hub));

            await database.SetReadOnlyAsync(readOnly: false);
            await hub.WaitUntilReadyAsync();
        }
    }

    private static async Task<(HttpStatusCode Status, string Text)> ReadinessAsync(RunningHost hub)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(hub.BaseUrl, "/readyz"));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
