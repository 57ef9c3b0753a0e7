using System.Net.Http.Headers;
using Garm.Golden.Running;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;
using Xunit;

namespace Garm.Host.Tests.Operations;

/// <summary>A full disk: uploads stop before the disk is full; when it is, operations that need no space go on, also after a restart.</summary>
public sealed class FullDiskSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [LongFact]
    public async Task WritesAreRefusedWithWords_TheNodeIsNotReady_ReadsGoOn_AndARestartStarts()
    {
        using var disk = FullDisk.Mount(megabytes: 24);
        var settings = new Dictionary<string, string?> { ["Garm:DataDirectory"] = disk.Folder, ["Garm:Files:MinFreeBytes"] = "4194304" };
        string token;
        await using (var hub = await RunningHost.StartAsync(settings))
        {
            var server = await GoldenServer.InitialiseAsync(hub.BaseUrl);
            token = server.Token ?? throw new InvalidOperationException("there is no token");
            using var admin = new HubClient(hub.BaseUrl, token);
            Assert.Equal(200, await UploadAsync(hub, token, 1024 * 1024));
            Assert.Equal(507, await UploadAsync(hub, token, 30 * 1024 * 1024));
            Assert.Equal(200, (await WriteAsync(admin)).Status);

            disk.Fill();
            await RequireUnwritableAsync(hub, admin);
            await hub.StopAsync();
            Assert.Equal(0, hub.ExitCode);
        }

        disk.Fill(); // The space that the stop has freed.
        await using (var hub = await RunningHost.StartListeningAsync(settings))
        {
            using var admin = new HubClient(hub.BaseUrl, token);
            await RequireUnwritableAsync(hub, admin);

            disk.Free();
            await hub.WaitUntilReadyAsync();
            Assert.Equal(200, (await WriteAsync(admin)).Status);
        }
    }

    private static async Task RequireUnwritableAsync(RunningHost hub, HubClient admin)
    {
        // The log has some free space at first.
        HubAnswer? refusal = null;
        await Retry.UntilAsync("a write is refused", async () => (refusal = await WriteAsync(admin)).Status != 200, Patience);
        Assert.Equal(507, refusal!.Status);
        Assert.Contains("the database has no room left", refusal.Text, StringComparison.Ordinal);

        using var client = new HttpClient { BaseAddress = hub.BaseUrl };
        var readiness = "";
        await Retry.UntilAsync(
            "the node says why it is not ready",
            async () => (readiness = await (await client.GetAsync("/readyz")).Content.ReadAsStringAsync()).Contains("no room left", StringComparison.Ordinal),
            Patience);
        Assert.StartsWith("not ready: writes fail: ", readiness, StringComparison.Ordinal);
        Assert.Equal(200, (await admin.SendAsync("GET", "/api/v1/controller-info")).Status);
    }

    private static Task<HubAnswer> WriteAsync(HubClient admin) => admin.SendAsync(
        "POST", "/api/v1/proxies", new { name = $"{Guid.NewGuid():N}", http_proxy = "http://p.example.com", description = new string('x', 4000) });

    private static async Task<int> UploadAsync(RunningHost hub, string token, int size)
    {
        using var client = new HttpClient { BaseAddress = hub.BaseUrl };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/objects") { Content = new ByteArrayContent(new byte[size]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.ExpectContinue = true;
        request.Headers.Add("X-File-Name", "f");
        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
