using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Garm.WebConsole.Tests.Browser;

/// <summary>Deque's rules of accessibility, applied to what a page shows now.</summary>
internal static class Axe
{
    // The only rule whose result depends on the colours.
    private static readonly AxeRunOptions Contrast = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } };

    /// <summary>Fails for a violation, in light or in dark; the page is dark afterwards.</summary>
    public static async Task FindsNothingAsync(ConsolePage page, string name)
    {
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await CheckAsync(page, name, new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Assertions.Expect(page.Page.Locator("html[data-theme=dark]")).ToBeVisibleAsync();
        await CheckAsync(page, $"{name}, dark", Contrast);
    }

    private static async Task CheckAsync(ConsolePage page, string name, AxeRunOptions options)
    {
        var found = await page.Page.RunAxe(options);
        Assert.True(found.Violations.Length == 0, $"{name}: " + string.Join('\n', found.Violations.Select(Describe)));
    }

    private static string Describe(AxeResultItem item) =>
        $"{item.Id} ({item.Impact}): {item.Help}: {string.Join("; ", item.Nodes.Take(5).Select(x => x.Html[..Math.Min(200, x.Html.Length)]))}";
}
