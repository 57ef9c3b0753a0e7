using System.Text.RegularExpressions;
using Garm.Golden.Running;
using Garm.TestUtilities;
using Microsoft.Playwright;

namespace Garm.WebConsole.Tests.Browser;

/// <summary>Three nodes behind one address: one is stopped, and then one is killed.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class NodeLossSpecs(ChromiumFixture chromium)
{
    [BrowserFact]
    public async Task APage_ComesBackOnAnotherNode_AtThePlaceWhereItWas()
    {
        var folder = Directory.CreateTempSubdirectory("garm-console-nodes-").FullName;
        var settings = new Dictionary<string, string?> { ["Garm:DataDirectory"] = folder, ["Garm:Cluster:Hostname"] = "127.0.0.1" };
        var nodes = await Task.WhenAll(RunningHost.StartAsync(settings), RunningHost.StartAsync(settings), RunningHost.StartAsync(settings));
        try
        {
            await GoldenServer.InitialiseAsync(nodes[0].BaseUrl);
            await using var proxy = new SwitchingProxy([.. nodes.Select(x => x.BaseUrl)]);
            await using var page = await chromium.LogInAsync(proxy.Address, "/ui/nodes?q=127");
            await page.SeesAsync("Cursor of the head");
            await Assertions.Expect(page.Page.Locator("td", new() { HasTextRegex = RelayPosition() })).ToHaveCountAsync(3, new() { Timeout = 30_000 });

            await MarkAsync();
            var stopping = nodes[0].StopAsync();
            await Assertions.Expect(page.Page.Locator("#connection")).ToContainTextAsync("This node is stopping");
            await stopping;
            await IsBackAsync();

            await MarkAsync();
            await nodes[1].KillAsync();
            await IsBackAsync();

            // What was opened on a former node is gone with it.
            Task MarkAsync() => page.Page.EvaluateAsync("document.body.dataset.first = ''");

            async Task IsBackAsync()
            {
                await Assertions.Expect(page.Page.Locator("body[data-first]")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
                await page.SeesAsync("Cursor of the head");
                Assert.EndsWith("/ui/nodes?q=127", page.Page.Url, StringComparison.Ordinal);
            }
        }
        finally
        {
            foreach (var node in nodes) await node.DiscardAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("^at [0-9,]+")]
    private static partial Regex RelayPosition();
}
