using System.Collections.Concurrent;
using Garm.WebConsole.Tests.Hub;
using Microsoft.Playwright;

namespace Garm.WebConsole.Tests.Browser;

/// <summary>A page in the browser, which remembers what went wrong in it.</summary>
internal sealed class ConsolePage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<string> _foreign = new();

    public ConsolePage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.SetDefaultTimeout(15_000);
        page.PageError += (_, fault) => _faults.Enqueue(fault);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _faults.Enqueue(message.Text);
        };
        page.Request += (_, request) =>
        {
            var uri = new Uri(request.Url);
            if (uri.Scheme is "http" or "https" && !uri.IsLoopback) _foreign.Enqueue(request.Url);
        };
    }

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    /// <summary>Errors of scripts, and what the Content-Security-Policy refused.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Addresses outside of the hub that the page asked for.</summary>
    public IReadOnlyCollection<string> Foreign => _foreign;

    public ILocator Heading => Page.Locator("h1");

    public async Task LogInAsync(string path = "/ui/")
    {
        await Page.GotoAsync(path);
        await Page.GetByLabel("User name or email address").FillAsync(ConsoleHub.Username);
        await Page.GetByLabel("Password").FillAsync(ConsoleHub.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Page.WaitForURLAsync(x => !x.Contains("/ui/login", StringComparison.Ordinal));
    }

    /// <summary>Opens a page of the console and waits until it shows its heading.</summary>
    public async Task GoAsync(string path, string heading)
    {
        await Page.GotoAsync($"/ui/{path}");
        await Assertions.Expect(Heading).ToContainTextAsync(heading);
    }

    public Task SeesAsync(string text) => Assertions.Expect(Page.Locator("main")).ToContainTextAsync(text, new() { Timeout = 15_000 });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
