using Garm.WebConsole.Tests.Hub;
using Microsoft.Playwright;

namespace Garm.WebConsole.Tests.Browser;

/// <summary>Each page, light and dark, wide and narrow: axe finds nothing, no script fails, nothing comes from elsewhere.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccessibilitySpecs(ChromiumFixture chromium, ConsoleHub hub)
{
    private static readonly (string Path, string Heading, string Content)[] Pages =
    [
        ("", "Fleet", "arm-builders"), ("live", "Live", "Nothing yet"), ("timeline", "Timeline", "build and test"),
        ("timeline?type=job&id=<job>", "job build and test", "completed: success"), ("sessions", "Sessions", "Event sessions of all nodes"),
        ("nodes", "Nodes and log", "Cursor of the head"), ("sources", "Sources", "There is none yet"), ("users", "Users", "admin@example.com"),
    ];

    /// <summary>One circuit for all of them: most of what a test in a browser takes is opening it.</summary>
    [BrowserFact]
    public async Task EachPage_IsUsableByEverybody()
    {
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl);
        foreach (var (path, heading, content) in Pages)
        {
            await page.Page.SetViewportSizeAsync(1360, 900);
            await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            await page.Page.EvaluateAsync("path => Blazor.navigateTo(path || '.')", path.Replace("<job>", hub.Fleet.DoneJobId));
            await Assertions.Expect(page.Heading).ToContainTextAsync(heading);
            await page.SeesAsync(content);
            foreach (var form in (string[])["Add a source", "Add a user"])
            {
                if (await page.Button(form).CountAsync() > 0) await page.Button(form).ClickAsync();
            }

            await Axe.FindsNothingAsync(page, heading);

            await page.Page.SetViewportSizeAsync(400, 800);
            var width = await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(width <= 400, $"{heading} is {width} wide on a screen of 400");
        }

        Assert.Empty(page.Foreign);
        Assert.Empty(page.Faults);
    }

    [BrowserFact]
    public async Task TheLogin_IsUsableByEverybody()
    {
        await using var page = await chromium.OpenAsync(hub.Host.BaseUrl);
        await page.Page.GotoAsync("/ui/login");
        await Axe.FindsNothingAsync(page, "login");
    }
}
