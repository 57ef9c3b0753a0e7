using Garm.WebConsole.Tests.Hub;
using Microsoft.Playwright;

namespace Garm.WebConsole.Tests.Browser;

/// <summary>One Chromium for all tests; each test has a profile of its own in it.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (BrowserFactAttribute.SkipReason is not null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = BrowserFactAttribute.Chromium,
            Args = ["--no-sandbox", "--disable-dev-shm-usage"], // The tests may run as root, and in a container.
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A page of somebody who has never been here.</summary>
    internal async Task<ConsolePage> OpenAsync(Uri hub, bool dark = false, int width = 1360, int height = 900)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = hub.ToString(),
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new ConsolePage(context, await context.NewPageAsync());
    }

    /// <summary>A page of the administrator.</summary>
    internal async Task<ConsolePage> LogInAsync(Uri hub, string path = "/ui/", bool dark = false, int width = 1360, int height = 900)
    {
        var page = await OpenAsync(hub, dark, width, height);
        await page.LogInAsync(path);
        return page;
    }
}

/// <summary>All tests with a browser: one at a time, since each has a hub and a browser to keep busy.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<ChromiumFixture>, ICollectionFixture<ConsoleHub>
{
    public const string Name = "browser";
}
