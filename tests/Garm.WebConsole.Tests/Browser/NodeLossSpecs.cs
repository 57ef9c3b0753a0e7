using Garm.Golden.Running;
using Garm.TestUtilities;
using Microsoft.Playwright;

namespace Garm.WebConsole.Tests.Browser;

/// <summary>Two nodes behind one address.</summary>
[Collection(BrowserCollection.Name)]
public sealed class NodeLossSpecs(ChromiumFixture chromium)
{
    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task APage_ComesBackOnAnotherNode_AtThePlaceWhereItWas(bool isKilled)
    {
        var folder = Directory.CreateTempSubdirectory("garm-console-nodes-").FullName;
        var settings = new Dictionary<string, string?> { ["Garm:DataDirectory"] = folder, ["Garm:Cluster:Hostname"] = "127.0.0.1" };
        var first = await RunningHost.StartAsync(settings);
        var second = await RunningHost.StartAsync(settings);
        try
        {
            await GoldenServer.InitialiseAsync(first.BaseUrl);
            await using var proxy = new SwitchingProxy(first.BaseUrl, second.BaseUrl);
            await using var page = await chromium.LogInAsync(proxy.Address, "/ui/nodes?q=127");
            await page.SeesAsync("Cursor of the head");
            await page.Page.EvaluateAsync("document.body.dataset.first = ''");

            if (isKilled)
            {
                await first.KillAsync();
            }
            else
            {
                var stopping = first.StopAsync();
                await Assertions.Expect(page.Page.Locator("#connection")).ToContainTextAsync("This node is stopping");
                await stopping;
            }

            await Assertions.Expect(page.Page.Locator("body[data-first]")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
            await page.SeesAsync("Cursor of the head");
            Assert.EndsWith("/ui/nodes?q=127", page.Page.Url, StringComparison.Ordinal);
        }
        finally
        {
            await first.DiscardAsync();
            await second.DiscardAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
