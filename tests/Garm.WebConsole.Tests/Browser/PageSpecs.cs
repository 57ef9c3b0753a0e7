using Garm.TestUtilities;
using Garm.WebConsole.Tests.Hub;
using Microsoft.Playwright;

namespace Garm.WebConsole.Tests.Browser;

/// <summary>What the pages show while the fleet changes, and that their address holds their state.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PageSpecs(ChromiumFixture chromium, ConsoleHub hub)
{
    [BrowserFact]
    public async Task TheFleet_ChangesBeforeOnesEyes_AndItsAddressHoldsWhatIsShown()
    {
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl);
        await page.SeesAsync("arm-builders");
        await page.Page.GetByRole(AriaRole.Searchbox).FillAsync("x64");
        await page.Page.WaitForURLAsync("**/ui/?q=x64");
        await Assertions.Expect(page.Page.Locator("main")).Not.ToContainTextAsync("arm-builders");
        await page.Button("linux, self-hosted, x64").ClickAsync();
        await page.SeesAsync("api-idle-0");

        await hub.Fleet.AddRunnerAsync("seen-at-once");
        await page.SeesAsync("seen-at-once");

        await page.Page.ReloadAsync();
        await page.SeesAsync("seen-at-once");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("x64");
        await Assertions.Expect(page.Page.Locator("main")).Not.ToContainTextAsync("arm-builders");
        Assert.Empty(page.Faults);
    }

    [BrowserFact]
    public async Task TheCharts_ShowWhatWasBeforeThePageWasOpened()
    {
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl);
        var chart = page.Page.Locator(".chart", new() { HasText = "Runners by state" });
        await Assertions.Expect(chart.Locator("svg")).ToBeVisibleAsync();
        await Assertions.Expect(chart).ToContainTextAsync("last hour");
        await Assertions.Expect(chart.Locator(".legend")).Not.ToContainTextAsync("active: 0");
    }

    [BrowserFact]
    public async Task WhatTheFleetSays_IsText_WhateverItLooksLike()
    {
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl);
        await page.SeesAsync(FleetScript.Markup);
        await page.Page.GetByRole(AriaRole.Link, new() { Name = FleetScript.Markup }).First.ClickAsync();
        await page.SeesAsync(FleetScript.Markup);
        await page.GoAsync("timeline", "Timeline");
        await page.SeesAsync(FleetScript.Markup);

        Assert.Equal(0, await page.Page.Locator("main img, main script").CountAsync());
        Assert.DoesNotContain("owned", await page.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Empty(page.Faults);
    }

    [BrowserFact]
    public async Task Live_ShowsWhatTheFilterLetsThrough_AndWhatAnUpdateChanged()
    {
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl, "/ui/live");
        await Assertions.Expect(page.Page.Locator(".sync.live")).ToBeVisibleAsync();
        await page.Page.GetByLabel("instance", new() { Exact = true }).CheckAsync();
        await page.Page.GetByLabel("update", new() { Exact = true }).CheckAsync();
        await page.Page.WaitForURLAsync("**/ui/live?*type=instance*");
        await page.Page.GetByLabel("Field").FillAsync("name");
        await page.Page.GetByLabel("Value").FillAsync("live-one");
        await page.Button("Add").ClickAsync();
        await page.SeesAsync("instance.name=live-one");
        await Assertions.Expect(page.Page.Locator(".sync.live")).ToBeVisibleAsync();

        await hub.Fleet.AddRunnerAsync("live-other");
        await hub.Fleet.AddRunnerAsync("live-one");
        await page.SeesAsync("running · active");
        await Assertions.Expect(page.Page.Locator("main")).Not.ToContainTextAsync("live-other");
        await page.Page.Locator("tr", new() { HasText = "running · active" }).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".differences tr", new() { HasText = "runner_status" })).ToContainTextAsync("idle");
        await using (var colleague = await chromium.LogInAsync(hub.Host.BaseUrl, new Uri(page.Page.Url).PathAndQuery))
            await Assertions.Expect(colleague.Page.Locator(".differences tr", new() { HasText = "runner_status" })).ToContainTextAsync("idle");
        await page.Button("Copy as curl").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".mud-snackbar").First).ToContainTextAsync("Copied");
        Assert.Empty(page.Faults);
    }

    [BrowserTheory]
    [InlineData(false, "rgba(255,255,255,1)")]
    [InlineData(true, "rgba(23,30,40,1)")]
    public async Task DialogsAndMessages_HaveTheColoursOfThePage(bool dark, string surface)
    {
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl, dark: dark);
        await page.SeesAsync("arm-builders");
        Assert.Equal(surface, await SurfaceAsync());

        await page.Page.Locator(".theme select").SelectOptionAsync(dark ? "light" : "dark");
        await Assertions.Expect(page.Page.Locator(dark ? "html[data-theme=light]" : "html[data-theme=dark]")).ToBeVisibleAsync();
        Assert.NotEqual(surface, await SurfaceAsync());

        async Task<string> SurfaceAsync() => (await page.Page.EvaluateAsync<string>(
            "getComputedStyle(document.documentElement).getPropertyValue('--mud-palette-surface')")).Replace(" ", "", StringComparison.Ordinal);
    }

    /// <summary>Names of jobs come from whoever writes a workflow, and a script makes the rows.</summary>
    [BrowserFact]
    public async Task AJobsName_OnLive_IsText()
    {
        const string markup = "<img src=x onerror=document.title='run'><b>job</b>";
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl, "/ui/live?type=job");
        await Assertions.Expect(page.Page.Locator(".sync.live")).ToBeVisibleAsync();
        await hub.Fleet.QueueJobAsync(markup);

        await Assertions.Expect(page.Page.Locator("garm-events tbody th button").First).ToHaveTextAsync(markup);
        await Assertions.Expect(page.Page.Locator("garm-events :is(img, b)")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Page).ToHaveTitleAsync("Live · Garm");
    }

    [BrowserFact]
    public async Task APausedPage_KeepsWhatItShows_AndCountsWhatComes()
    {
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl, "/ui/live");
        await Assertions.Expect(page.Page.Locator(".sync.live")).ToBeVisibleAsync();
        await page.Button("Pause").ClickAsync();
        await hub.Fleet.QueueJobAsync("while it was paused");
        var goOn = page.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Go on \\([1-9]") });
        await Assertions.Expect(goOn).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator("main")).Not.ToContainTextAsync("while it was paused");
        await goOn.ClickAsync();
        await page.SeesAsync("while it was paused");
    }

    [BrowserFact]
    public async Task AHiddenPage_HasNoSession_UntilItIsSeenAgain()
    {
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl, "/ui/live?type=template");
        await Assertions.Expect(page.Page.Locator(".sync.live")).ToBeVisibleAsync();
        Assert.Equal(1, await SessionsAsync());

        await HideAsync(true);
        await Retry.UntilAsync("the session has ended", async () => await SessionsAsync() == 0, TimeSpan.FromSeconds(15));
        await HideAsync(false);
        await page.SeesAsync("The page was hidden from");
        await Assertions.Expect(page.Page.Locator(".sync.live")).ToBeVisibleAsync();
        Assert.Equal(1, await SessionsAsync());

        Task HideAsync(bool hidden) => page.Page.EvaluateAsync(
            $"Object.defineProperty(document, 'hidden', {{ get: () => {(hidden ? "true" : "false")}, configurable: true }}); document.dispatchEvent(new Event('visibilitychange'))");

        async Task<int> SessionsAsync() => (await hub.Fleet.SendAsync("GET", "/sessions", null)).EnumerateArray()
            .Count(x => x.GetRawText().Contains("template", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task AJobsTimeline_SaysWhenItWaitedAndRan_AndWhatItsRunnerDid()
    {
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl, $"/ui/timeline?type=job&id={hub.Fleet.DoneJobId}");
        await Assertions.Expect(page.Heading).ToHaveTextAsync("job build and test");
        var steps = page.Page.Locator(".timeline > li");
        await Assertions.Expect(steps.First).ToContainTextAsync("queued");
        await Assertions.Expect(page.Page.Locator(".timeline")).ToContainTextAsync("in progress on api-for-the-build");
        await Assertions.Expect(page.Page.Locator(".timeline")).ToContainTextAsync("completed: success");
        await Assertions.Expect(page.Page.Locator(".timeline .around").First).ToContainTextAsync("runner api-for-the-build: created");
        await page.SeesAsync("waits");
        await page.Page.GetByLabel("with what happened around it").UncheckAsync();
        await Assertions.Expect(page.Page.Locator(".timeline .around")).ToHaveCountAsync(0);
        Assert.Contains("own=1", page.Page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task AnAddressWithoutAPage_SaysSo()
    {
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl);
        var answer = await page.Page.GotoAsync("/ui/nowhere");
        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(page.Heading).ToHaveTextAsync("No such page");
    }

    [BrowserFact]
    public async Task EverythingWorksByKeyboard()
    {
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl);
        await page.SeesAsync("arm-builders");
        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("x64");
        await page.Page.WaitForURLAsync("**/ui/?q=x64");
        await page.Heading.FocusAsync();
        await page.Page.Keyboard.PressAsync("g");
        await page.Page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Heading).ToHaveTextAsync("Nodes and log");
    }
}
