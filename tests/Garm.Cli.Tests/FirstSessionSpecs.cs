using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Cli.Tests;

/// <summary>The README's first session, with the real hub and the real program.</summary>
public sealed class FirstSessionSpecs : IAsyncLifetime
{
    private const string Password = "Corr3ct-Horse-battery-Staple-99!";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CliRun _cli = new();
    private TestHost _hub = null!;

    public async Task InitializeAsync() => _hub = await InProcessHost.StartAsync(new Dictionary<string, string?>());

    public async Task DisposeAsync()
    {
        _cli.Dispose();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Newcomer_ShouldSeeTheEventOfAWrite_AndBeToldWhenThePasswordChanges()
    {
        await InitAsync();
        using var http = await LoggedInAsync();
        using var watcher = CliProcess.Start(_cli.ConfigFile, "debug-events", "--filters", """{"filters":[{"entity-type":"proxy"}]}""");
        Assert.Contains("connected", await watcher.NextErrorAsync("the word that it is connected"));

        var line = watcher.NextOutAsync("the event");
        var number = 0;
        await Retry.UntilAsync(
            "the watcher's filter has arrived and a write is shown",
            async () =>
            {
                await http.PostAsync("/api/v1/proxies", Json(new { name = $"p{number++}", http_proxy = "http://p.example.com" }));
                return line.IsCompleted;
            },
            Patience);
        Assert.StartsWith("""{"entity-type":"proxy","operation":"create","payload":{"id":""", await line);

        var users = JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync("/api/v1/users"));
        await http.PutAsync($"/api/v1/users/{users[0].GetProperty("id").GetString()}", Json(new { password = "An0ther-Horse-battery-Staple-77!" }));

        Assert.Contains("the server closed the event stream", await watcher.NextErrorAsync("the word that it has ended"));
        Assert.Equal(ExitCodes.StreamEnded, await watcher.ExitCodeAsync());
        using var again = CliProcess.Start(_cli.ConfigFile, "debug-events");
        Assert.Contains("log in", await again.RestOfErrorAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(ExitCodes.Failed, await again.ExitCodeAsync());
    }

    [Fact]
    public async Task SecondInit_ShouldBeRefused_AndPointToTheLogin()
    {
        await InitAsync();

        using var second = CliProcess.Start(_cli.ConfigFile, InitArguments());

        Assert.Contains("login", await second.RestOfErrorAsync());
        Assert.Equal(ExitCodes.Failed, await second.ExitCodeAsync());
    }

    private async Task InitAsync()
    {
        using var init = CliProcess.Start(_cli.ConfigFile, InitArguments());
        Assert.Equal(ExitCodes.Ok, await init.ExitCodeAsync());
    }

    private string[] InitArguments() =>
    [
        "init", "--url", _hub.BaseUrl.ToString(), "--username", "admin", "--email", "you@example.com", "--password", Password,
    ];

    private async Task<HttpClient> LoggedInAsync()
    {
        var http = new HttpClient { BaseAddress = _hub.BaseUrl };
        var login = await http.PostAsync("/api/v1/auth/login", Json(new { username = "admin", password = Password }));
        var token = JsonSerializer.Deserialize<JsonElement>(await login.Content.ReadAsStringAsync()).GetProperty("token").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
}
