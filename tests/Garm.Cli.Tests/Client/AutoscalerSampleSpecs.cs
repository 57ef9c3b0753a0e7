using System.Diagnostics;
using System.Text.Json;
using Autoscaler;
using Garm.Cli.Tests.Support;
using Garm.Client.Caches;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Cli.Tests.Client;

/// <summary>The sample in <c>samples/csharp</c>, against a real hub.</summary>
public sealed class AutoscalerSampleSpecs
{
    [Fact]
    public void TheNumbers_AreThoseOfTheOtherSamples()
    {
        CachedEntity[] pools =
        [
            Entity("pool", "a", """{"id":"a","enabled":true,"repo_id":"r","max_runners":4,"min_idle_runners":1,"priority":1,"tags":[{"name":"Linux"},{"name":"x64"}]}"""),
            Entity("pool", "b", """{"id":"b","enabled":true,"repo_id":"other","max_runners":4,"min_idle_runners":1,"tags":[{"name":"linux"}]}"""),
            Entity("pool", "c", """{"id":"c","repo_id":"r","max_runners":4,"min_idle_runners":1}"""),
            Entity("pool", "a", """{"id":"a","enabled":true,"repo_id":"r","max_runners":4,"min_idle_runners":1,"tags":[{"name":"linux"}]}""", "east"),
        ];
        CachedEntity[] jobs =
        [
            Entity("job", "1", """{"id":1,"repo_id":"r","labels":["linux"]}"""),
            Entity("job", "2", """{"id":2,"repo_id":"r","labels":["gpu"]}"""),
            Entity("job", "1", """{"id":1,"repo_id":"r","labels":["linux"]}""", "east"),
        ];
        CachedEntity[] runners =
        [
            Entity("instance", "1", """{"id":"1","runner_status":"active","pool_id":"a"}"""),
            Entity("instance", "2", """{"id":"2","runner_status":"idle","pool_id":"a"}"""),
        ];

        Assert.Equal(
            [new Wanted("", "a", 1, 1, 3), new Wanted("east", "a", 1, 0, 2), new Wanted("", "b", 0, 0, 1), new Wanted("", "c", 0, 0, 0)],
            WantedRunners.Of(pools, jobs, runners).OrderBy(x => x.Pool).ThenBy(x => x.Source));
    }

    [Fact]
    public async Task TheProgram_FollowsARealHub()
    {
        await using var hub = await InProcessHost.StartAsync(new Dictionary<string, string?>());
        using var http = new HttpClient { BaseAddress = hub.BaseUrl };
        var token = await GarmCacheOnAHubSpecs.BeginAsync(hub.BaseUrl);
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        await SendAsync(http, HttpMethod.Post, "/api/v1/github/credentials", """{"name":"ci","description":"for the test","endpoint":"github.com","auth_type":"pat","pat":{"oauth2_token":"x"}}""");
        var repository = await SendAsync(http, HttpMethod.Post, "/api/v1/repositories", """{"owner":"octo","name":"app","credentials_name":"ci","webhook_secret":"secret"}""");
        var pool = await SendAsync(http, HttpMethod.Post, $"/api/v1/repositories/{IdOf(repository)}/pools",
            """{"provider_name":"fake","image":"i","flavor":"f","os_type":"linux","os_arch":"amd64","tags":["linux"],"max_runners":4,"min_idle_runners":1,"enabled":true}""");

        using var sample = Start(hub.BaseUrl, token);
        try
        {
            Assert.Equal(new Wanted("", IdOf(pool), 0, 0, 1), await NextAsync(sample));

            await SendAsync(http, HttpMethod.Post, $"/api/v1/pools/{IdOf(pool)}/instances", """{"name":"one"}""");
            await SendAsync(http, HttpMethod.Put, "/api/v1/instances/one", """{"status":"creating"}""");
            await SendAsync(http, HttpMethod.Put, "/api/v1/instances/one", """{"status":"running","runner_status":"active"}""");
            Assert.Equal(new Wanted("", IdOf(pool), 0, 1, 2), await NextAsync(sample));
        }
        finally
        {
            sample.Kill();
            TestRun.Ended(sample.Id);
        }
    }

    [Fact]
    public async Task TheProgram_EndsWithAReason_WhenTheHubRefusesIt()
    {
        await using var hub = await InProcessHost.StartAsync(new Dictionary<string, string?>());
        await GarmCacheOnAHubSpecs.BeginAsync(hub.BaseUrl);

        using var sample = Start(hub.BaseUrl, "wrong");
        try
        {
            var errors = await Wait.ForAsync("the end of the sample", sample.StandardError.ReadToEndAsync());
            await Wait.ForAsync("the end of the sample", sample.WaitForExitAsync());
            Assert.NotEmpty(errors);
            Assert.Equal(1, sample.ExitCode);
        }
        finally
        {
            if (!sample.HasExited) sample.Kill();
            TestRun.Ended(sample.Id);
        }
    }

    private static CachedEntity Entity(string type, string id, string payload, string source = "") =>
        new(new EntityKey(type, id, source), JsonSerializer.Deserialize<JsonElement>(payload));

    private static Process Start(Uri hub, string token)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "autoscaler.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["GARM_URL"], start.Environment["GARM_TOKEN"]) = (hub.ToString(), token);
        var process = Process.Start(start)!;
        TestRun.Started(process);
        return process;
    }

    private static async Task<Wanted> NextAsync(Process sample) =>
        JsonSerializer.Deserialize<Wanted>(
            await Wait.ForAsync("a line of the sample", sample.StandardOutput.ReadLineAsync()) ?? throw new EndOfStreamException())!;

    private static async Task<JsonElement> SendAsync(HttpClient http, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static string IdOf(JsonElement entity) => entity.GetProperty("id").GetString()!;
}
