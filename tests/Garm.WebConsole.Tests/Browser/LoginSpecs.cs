using Garm.TestUtilities;
using Garm.WebConsole.Tests.Hub;
using Microsoft.Playwright;

namespace Garm.WebConsole.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class LoginSpecs(ChromiumFixture chromium, ConsoleHub hub)
{
    private const string StrongPassword = "Corr3ct-Horse-battery-Staple-99!";

    [BrowserFact]
    public async Task ALogin_LeadsToThePageThatWasAskedFor_AndALogoutEndsIt()
    {
        await using var page = await chromium.OpenAsync(hub.Host.BaseUrl);
        await page.Page.GotoAsync("/");
        await page.Page.WaitForURLAsync("**/ui/login?return=*");

        await page.LogInAsync("/ui/nodes?q=x");
        await Assertions.Expect(page.Heading).ToHaveTextAsync("Nodes and log");
        Assert.EndsWith("/ui/nodes?q=x", page.Page.Url, StringComparison.Ordinal);
        var cookie = Assert.Single(await page.Context.CookiesAsync(), x => x.Name == "garm_token");
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);
        Assert.False(cookie.Secure); // Over TLS it is.

        await page.Button("Log out").ClickAsync();
        await page.Page.WaitForURLAsync("**/ui/login");
        await page.Page.GotoAsync("/ui/nodes");
        await Assertions.Expect(page.Heading).ToHaveTextAsync("Log in");
        Assert.Empty(page.Faults);
    }

    [BrowserFact]
    public async Task AWrongPassword_IsSaidSo_AndAStrangersPageCannotSendTheForm()
    {
        await using var page = await chromium.OpenAsync(hub.Host.BaseUrl);
        await page.Page.GotoAsync("/ui/login");
        await page.Page.GetByLabel("User name or email address").FillAsync(ConsoleHub.Username);
        await page.Page.GetByLabel("Password").FillAsync("wrong");
        await page.Button("Log in").ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The user name or the password is wrong");

        using var http = new HttpClient { BaseAddress = hub.Host.BaseUrl };
        using var answer = await http.PostAsync("/ui/login", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["username"] = ConsoleHub.Username,
            ["password"] = ConsoleHub.Password,
        }));
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, x => x.Key == "Set-Cookie" && x.Value.Any(y => y.StartsWith("garm_token", StringComparison.Ordinal)));
    }

    [BrowserFact]
    public async Task AUserWhoIsNoAdministrator_IsToldSo()
    {
        await hub.Fleet.PostAsync("/users", new { username = "reader", email = "reader@example.com", password = StrongPassword });
        await using var page = await chromium.OpenAsync(hub.Host.BaseUrl);
        await page.Page.GotoAsync("/ui/");
        await page.Page.GetByLabel("User name or email address").FillAsync("reader");
        await page.Page.GetByLabel("Password").FillAsync(StrongPassword);
        await page.Button("Log in").ClickAsync();
        await Assertions.Expect(page.Heading).ToHaveTextAsync("Not for this user");
        await Axe.FindsNothingAsync(page, "not for this user");
        await page.Button("Log out").ClickAsync();
        await Assertions.Expect(page.Heading).ToHaveTextAsync("Log in");
    }

    [BrowserFact]
    public async Task AHubWithoutAnAdministrator_MakesTheFirstOneInTheBrowser()
    {
        await using var fresh = await RunningHost.StartAsync(new Dictionary<string, string?>());
        await using var page = await chromium.OpenAsync(fresh.BaseUrl);
        await page.Page.GotoAsync("/");
        await Assertions.Expect(page.Heading).ToHaveTextAsync("First run");
        await Assertions.Expect(page.Page.Locator("#password-rule")).ToContainTextAsync("At most 72 bytes");

        await FillAsync("weak-1");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("password is too weak");
        await Axe.FindsNothingAsync(page, "first run");
        await FillAsync(StrongPassword);
        await Assertions.Expect(page.Heading).ToHaveTextAsync("Fleet");
        await page.SeesAsync("There are none yet");

        await page.Page.GotoAsync("/ui/first-run");
        await page.Page.WaitForURLAsync("**/ui/login");
        Assert.Empty(page.Foreign);
        await fresh.DiscardAsync();

        async Task FillAsync(string password)
        {
            await page.Page.GetByLabel("Email address").FillAsync("ops@example.com");
            await page.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
            await page.Page.GetByLabel("Password again").FillAsync(password);
            await page.Button("Create the administrator").ClickAsync();
        }
    }
}
