using Garm.TestUtilities;
using Garm.WebConsole.Tests.Hub;
using Microsoft.Playwright;

namespace Garm.WebConsole.Tests.Browser;

/// <summary>Makes the pictures of the documentation, when <c>GARM_SCREENSHOTS</c> names a folder.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ScreenshotSpecs(ChromiumFixture chromium, ConsoleHub hub)
{
    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EachPage_IsPictured(bool dark)
    {
        var folder = Environment.GetEnvironmentVariable("GARM_SCREENSHOTS");
        Skip.If(string.IsNullOrEmpty(folder), "GARM_SCREENSHOTS names no folder");
        Directory.CreateDirectory(folder!);
        var suffix = dark ? "dark" : "light";
        await using var mirrored = await ConsoleHub.StartAsync();
        await hub.Fleet.PostAsync("/sources", new
        {
            name = "old-garm",
            url = mirrored.Host.BaseUrl.OriginalString.TrimEnd('/'),
            username = ConsoleHub.Username,
            password = ConsoleHub.Password,
        });
        await Retry.UntilAsync(
            "the source is mirrored",
            async () => (await hub.Fleet.SendAsync("GET", "/sources/old-garm", null)).GetProperty("status").GetProperty("state").GetString() == "synced",
            TimeSpan.FromSeconds(60));
        await hub.SpreadOverTheLastHourAsync();
        await using (var login = await chromium.OpenAsync(hub.Host.BaseUrl, dark))
        {
            await login.Page.GotoAsync("/ui/");
            await ShootAsync(login, "login");
        }

        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl, dark: dark);
        await page.GoAsync($"?group=pool::{hub.Fleet.PoolId}", "Fleet");
        await Assertions.Expect(page.Page.Locator(".chart svg").First).ToBeVisibleAsync();
        await page.SeesAsync("api-active-0");
        await ShootAsync(page, "fleet");

        await page.GoAsync("live?type=instance,job", "Live");
        await Assertions.Expect(page.Page.Locator(".sync.live")).ToBeVisibleAsync();
        await hub.Fleet.AddRunnerAsync($"api-{suffix}-1");
        await hub.Fleet.AddRunnerAsync($"api-{suffix}-2");
        await page.Page.Locator("tr", new() { HasText = "running · active" }).First.GetByRole(AriaRole.Button).ClickAsync();
        await page.SeesAsync("Differences");
        await ShootAsync(page, "live");

        await page.GoAsync($"timeline?type=job&id={hub.Fleet.DoneJobId}", "job build and test");
        await ShootAsync(page, "timeline");
        await using (var listener = await chromium.LogInAsync(hub.Host.BaseUrl, "/ui/live?type=instance,job&where=instance.status%3Drunning"))
        {
            await Assertions.Expect(listener.Page.Locator(".sync.live")).ToBeVisibleAsync();
            await page.GoAsync("sessions", "Sessions");
            await page.SeesAsync("ndjson");
            await ShootAsync(page, "sessions");
        }

        await page.GoAsync("nodes", "Nodes and log");
        await page.SeesAsync("Cursor of the head");
        await ShootAsync(page, "nodes");
        await page.GoAsync("sources", "Sources");
        await page.Button("old-garm").ClickAsync();
        await page.SeesAsync("Controller id");
        await ShootAsync(page, "sources");
        await page.GoAsync("users", "Users");
        await page.SeesAsync("admin@example.com");
        await ShootAsync(page, "users");
        await page.Page.SetViewportSizeAsync(400, 800);
        await page.GoAsync("", "Fleet");
        await page.SeesAsync("arm-builders");
        await ShootAsync(page, "fleet-narrow");
        await hub.Fleet.SendAsync("DELETE", "/sources/old-garm", null);

        Task ShootAsync(ConsolePage shot, string name) => shot.Page.ScreenshotAsync(
            new PageScreenshotOptions { Path = Path.Combine(folder!, $"{name}-{suffix}.png"), FullPage = name != "login" });
    }
}
