using System.Text.Json.Nodes;
using Garm.Fuzz.Tests.Support;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Fuzz.Tests.Requests;

/// <summary>
/// Any request to the routes of <c>/openapi/v1.json</c> causes no server error and no logged failure, and the hub goes on serving.
/// </summary>
public abstract class RequestFuzzSpecs(bool onPostgreSql, ITestOutputHelper output)
{
    private const int BetweenChecks = 250;

    /// <summary>The hub's intended statuses: not implemented, unreachable, busy, and no space.</summary>
    private static readonly int[] Documented = [501, 502, 503, 507];

    [LongFact]
    public async Task NoRequest_MakesTheServerFail()
    {
        await using var hub = await FuzzedHub.StartAsync(onPostgreSql);
        var description = JsonNode.Parse((await hub.Admin.SendAsync("GET", "/openapi/v1.json")).Text)!.AsObject();
        var knowledge = new Knowledge();
        knowledge.Protect((await hub.Admin.SendAsync("GET", "/api/v1/users")).Json[0].GetProperty("id").GetString()!);
        var bounds = new FuzzBounds();
        await MakeEntitiesAsync(hub, knowledge, bounds.ChancesOf(-1));
        var maker = new RequestMaker(description, knowledge, hub.BaseUrl.Authority, hub.Admin.Token);
        var statuses = new SortedDictionary<int, int>();
        var answered = new HashSet<string>();
        var number = 0;
        for (; bounds.Has(number); number++)
        {
            var chances = bounds.ChancesOf(number);
            var request = maker.Make(chances);
            var answer = await RawHttp.SendAsync(hub.BaseUrl, request.Bytes, request.EndsEarly);
            statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
            var isFailure = (answer.Status >= 500 && !Documented.Contains(answer.Status)) || (answer.Status == 0 && !request.MayGoUnanswered);
            var fault = isFailure ? $"it is answered with {answer.Status}: {answer.Body}; {hub.FindLoggedFault()}" : null;
            if (number % BetweenChecks == BetweenChecks - 1) fault ??= await hub.FindFaultAsync();
            else fault ??= hub.FindLoggedFault();
            if (fault is not null) Assert.Fail($"GARM_FUZZ_SEED={bounds.Seed}, request {number}: {fault}\n\n{request}");
            if (answer.Status != 200) continue;
            answered.Add($"{request.Operation.Method} {request.Operation.Path}");
            knowledge.Learn(request.Operation.Subject, answer.Body, chances);
        }

        if (await hub.FindFaultAsync() is { } last) Assert.Fail($"GARM_FUZZ_SEED={bounds.Seed}, after {number} requests: {last}");
        output.WriteLine($"seed {bounds.Seed}: {number} requests in {bounds.Elapsed.TotalSeconds:F0} s, {answered.Count} operations answered with 200; "
            + string.Join(", ", statuses.Select(x => $"{x.Key}: {x.Value}")));
        Assert.True(answered.Count > 0, "no request was a good one");
    }

    // One entity of each kind, because valid requests refer to them.
    private static async Task MakeEntitiesAsync(FuzzedHub hub, Knowledge knowledge, Random chances)
    {
        var pat = new { oauth2_token = "ghp_not_a_real_token" };
        await MakeAsync("github/endpoints", "endpoints", new { name = "ep", api_base_url = "https://ep.example.com", upload_base_url = "https://ep.example.com", base_url = "https://ep.example.com" });
        await MakeAsync("github/credentials", "credentials", new { name = "creds", endpoint = "github.com", auth_type = "pat", pat });
        var repository = await MakeAsync("repositories", "repositories", new { owner = "acme", name = "site", credentials_name = "creds", webhook_secret = Deliveries.Secret });
        await MakeAsync("organizations", "organizations", new { name = "acme", credentials_name = "creds", webhook_secret = Deliveries.Secret });
        await MakeAsync("enterprises", "enterprises", new { name = "big", credentials_name = "creds", webhook_secret = Deliveries.Secret });
        var make = new { provider_name = "fake", max_runners = 50, image = "i", flavor = "f", os_type = "linux", os_arch = "amd64", tags = new[] { "self-hosted" }, enabled = true, name = "set", scale_set_id = 1 };
        var pool = await MakeAsync($"repositories/{repository}/pools", "pools", make);
        await MakeAsync($"repositories/{repository}/scalesets", "scalesets", make);
        await MakeAsync($"pools/{pool}/instances", "instances", new { name = "runner-1" });
        await MakeAsync("templates", "templates", new { name = "t", data = "ZWNobyBoaQ==", os_type = "linux", forge_type = "github" });

        async Task<string> MakeAsync(string path, string subject, object body)
        {
            var answer = await hub.Admin.SendAsync("POST", $"/api/v1/{path}", body);
            Assert.True(answer.Status == 200, $"{path}: {answer.Text}");
            knowledge.Learn(subject, answer.Text, chances);
            return answer.Json.TryGetProperty("id", out var id) ? id.ToString() : "";
        }
    }
}

/// <summary>On SQLite.</summary>
public sealed class RequestFuzzOnSqlite(ITestOutputHelper output) : RequestFuzzSpecs(onPostgreSql: false, output);

/// <summary>On PostgreSQL.</summary>
public sealed class RequestFuzzOnPostgreSql(ITestOutputHelper output) : RequestFuzzSpecs(onPostgreSql: true, output);
