using System.Collections.Concurrent;
using Garm.WebConsole.Tests.Hub;
using Microsoft.Playwright;

namespace Garm.WebConsole.Tests.Browser;

/// <summary>One Chromium for all tests; each test has a profile of its own in it.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private readonly ConcurrentDictionary<Uri, string> _logins = new();
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
    internal Task<ConsolePage> OpenAsync(Uri hub, bool dark = false) => OpenAsync(hub, dark, login: null);

    /// <summary>A page of the administrator, who logged in with the first one.</summary>
    internal async Task<ConsolePage> LogInAsync(Uri hub, string path = "/ui/", bool dark = false)
    {
        var page = await OpenAsync(hub, dark, _logins.GetValueOrDefault(hub));
        if (_logins.ContainsKey(hub))
        {
            await page.Page.GotoAsync(path);
        }
        else
        {
            await page.LogInAsync(path);
            _logins[hub] = await page.Context.StorageStateAsync();
        }

        return page;
    }

    private async Task<ConsolePage> OpenAsync(Uri hub, bool dark, string? login)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = hub.ToString(),
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = 1360, Height = 900 },
            StorageState = login,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new ConsolePage(context, await context.NewPageAsync());
    }
}

/// <summary>All tests with a browser: one at a time, since each has a hub and a browser to keep busy.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<ChromiumFixture>, ICollectionFixture<ConsoleHub>
{
    public const string Name = "browser";
}
