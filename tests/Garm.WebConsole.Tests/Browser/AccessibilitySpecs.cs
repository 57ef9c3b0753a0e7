using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Garm.WebConsole.Tests.Hub;
using Microsoft.Playwright;

namespace Garm.WebConsole.Tests.Browser;

/// <summary>Each page, light and dark, wide and narrow: axe finds nothing, no script fails, nothing comes from elsewhere.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccessibilitySpecs(ChromiumFixture chromium, ConsoleHub hub)
{
    [BrowserTheory]
    [InlineData("", "Fleet", "arm-builders")]
    [InlineData("live", "Live", "Nothing yet")]
    [InlineData("timeline", "Timeline", "build and test")]
    [InlineData("timeline?type=job&id=<job>", "job build and test", "completed: success")]
    [InlineData("sessions", "Sessions", "Who listens")]
    [InlineData("nodes", "Nodes and log", "Cursor of the head")]
    [InlineData("sources", "Sources", "There is none yet")]
    [InlineData("users", "Users", "admin@example.com")]
    public async Task APage_IsUsableByEverybody(string path, string heading, string content)
    {
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl, $"/ui/{path.Replace("<job>", hub.Fleet.DoneJobId)}");
        await Assertions.Expect(page.Heading).ToContainTextAsync(heading);
        await page.SeesAsync(content);
        foreach (var form in (string[])["Add a source", "Add a user"])
        {
            if (await page.Button(form).CountAsync() > 0) await page.Button(form).ClickAsync();
        }

        await FindNothingAsync(page, new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Assertions.Expect(page.Page.Locator("html[data-theme=dark]")).ToBeVisibleAsync();
        await FindNothingAsync(page, new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } }); // All that differs.

        await page.Page.SetViewportSizeAsync(400, 800);
        var width = await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(width <= 400, $"the page is {width} wide on a screen of 400");
        Assert.Empty(page.Foreign);
        Assert.Empty(page.Faults);
    }

    [BrowserFact]
    public async Task TheLogin_IsUsableByEverybody()
    {
        await using var page = await chromium.OpenAsync(hub.Host.BaseUrl);
        await page.Page.GotoAsync("/ui/login");
        await FindNothingAsync(page, new AxeRunOptions());
    }

    private static async Task FindNothingAsync(ConsolePage page, AxeRunOptions options)
    {
        var found = await page.Page.RunAxe(options);
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(Describe)));
    }

    private static string Describe(AxeResultItem item) =>
        $"{item.Id} ({item.Impact}): {item.Help}: {string.Join("; ", item.Nodes.Take(5).Select(x => x.Html[..Math.Min(200, x.Html.Length)]))}";
}
