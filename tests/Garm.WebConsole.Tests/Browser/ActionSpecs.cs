using Garm.WebConsole.Tests.Hub;
using Microsoft.Playwright;

namespace Garm.WebConsole.Tests.Browser;

/// <summary>What an administrator can do in the console.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ActionSpecs(ChromiumFixture chromium, ConsoleHub hub)
{
    [BrowserFact]
    public async Task ASource_IsAdded_Changed_Disabled_AndRemoved()
    {
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl, "/ui/sources");
        await page.Button("Add a source").ClickAsync();
        await FillAsync("Name", "Not a name");
        await FillAsync("URL", "http://127.0.0.1:9");
        await FillAsync("User name", "admin");
        await FillAsync("Password", "s3cret-password");
        await page.Button("Add").ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("name");
        await FillAsync("Name", "old-garm");
        await page.Button("Add").ClickAsync();
        await page.SeesAsync("old-garm");

        await page.Button("Change old-garm").ClickAsync();
        await FillAsync("Listed again every … seconds", "120");
        await page.Button("Save").ClickAsync();
        await Assertions.Expect(page.Button("Save")).ToHaveCountAsync(0);
        Assert.Equal(120, (await hub.Fleet.SendAsync("GET", "/sources/old-garm", null)).GetProperty("relist_seconds").GetInt32());

        await page.Button("Disable old-garm").ClickAsync();
        await Assertions.Expect(page.Button("Enable old-garm")).ToBeVisibleAsync();
        Assert.False((await hub.Fleet.SendAsync("GET", "/sources/old-garm", null)).GetProperty("enabled").GetBoolean());
        Assert.DoesNotContain("s3cret-password", await page.Page.ContentAsync(), StringComparison.Ordinal);

        await page.Button("Remove old-garm").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await page.SeesAsync("There is none yet");
        Assert.Empty(page.Faults);

        Task FillAsync(string label, string value) => page.Page.GetByLabel(label, new() { Exact = true }).FillAsync(value);
    }

    [BrowserFact]
    public async Task ASession_IsSeen_AndEnded()
    {
        await using var listener = await chromium.LogInAsync(hub.Host.BaseUrl, "/ui/live?type=proxy");
        await Assertions.Expect(listener.Page.Locator(".sync.live")).ToBeVisibleAsync();
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl, "/ui/sessions?q=proxy");
        var row = page.Page.Locator("tbody tr");
        await Assertions.Expect(row).ToHaveCountAsync(1);
        await Assertions.Expect(row).ToContainTextAsync("live");
        await Assertions.Expect(row).ToContainTextAsync("127.0.0.1");
        await Assertions.Expect(row.Locator("th")).ToHaveTextAsync(ConsoleHub.Username);

        await row.GetByRole(AriaRole.Button).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End it" }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        await listener.SeesAsync("an administrator ended this session");
        await listener.Button("Open it again").ClickAsync();
        await Assertions.Expect(listener.Page.Locator(".sync.live")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task AUser_IsAdded_LosesThePageWhenDisabled_AndIsRemoved()
    {
        await using var page = await chromium.LogInAsync(hub.Host.BaseUrl, "/ui/users");
        await page.Button("Add a user").ClickAsync();
        await page.Page.GetByLabel("User name").FillAsync("night-shift");
        await page.Page.GetByLabel("Email address").FillAsync("night@example.com");
        await page.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("short");
        await page.Page.GetByLabel("Administrator").CheckAsync();
        await page.Button("Add").ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("password is too weak");
        await page.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(ConsoleHub.Password);
        await page.Button("Add").ClickAsync();
        await page.SeesAsync("night@example.com");

        await using var other = await chromium.OpenAsync(hub.Host.BaseUrl);
        await other.Page.GotoAsync("/ui/nodes");
        await other.Page.GetByLabel("User name or email address").FillAsync("night-shift");
        await other.Page.GetByLabel("Password").FillAsync(ConsoleHub.Password);
        await other.Button("Log in").ClickAsync();
        await other.SeesAsync("Cursor of the head");

        await page.Button("Disable night-shift").ClickAsync();
        await Assertions.Expect(other.Heading).ToHaveTextAsync("Signed out: your user was disabled.");
        await Assertions.Expect(other.Page.Locator("main")).Not.ToContainTextAsync("Cursor of the head");
        await Assertions.Expect(page.Button("Enable night-shift")).ToBeVisibleAsync();

        await page.Button("Set the password of night-shift").ClickAsync();
        await page.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(ConsoleHub.Password + "-2");
        await page.Button("Set the password").ClickAsync();
        await Assertions.Expect(page.Button("Set the password")).ToHaveCountAsync(0);

        await page.Button("Remove night-shift").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("table")).Not.ToContainTextAsync("night-shift");
        Assert.Empty(page.Faults);
    }
}
