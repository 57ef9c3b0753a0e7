namespace Garm.Bench.Budget;

/// <summary>The items about durable writes over REST, beside the bare loop's.</summary>
internal sealed class WriteItems(int runs, Verdicts verdicts)
{
    private const string Everything = """{"send-everything":true}""";
    private const int Events = 3000;

    // Where the real GARM cannot be had: what it takes, as multiples of the bare loop.
    private const double LeastRate = 0.7;
    private const double MostCpu = 1.7;

    public IReadOnlyDictionary<string, Func<Task>> All => new Dictionary<string, Func<Task>>
    {
        ["11"] = () => PutsAsync("11", "one writer", 1, "e1"),
        ["12"] = () => PutsAsync("12", "four writers, four rows", 4, "e{W}"),
        ["13"] = () => PutsAsync("13", "four writers, one row", 4, "e1"),
        ["14"] = WebhooksAsync,
    };

    private Task PutsAsync(string item, string what, int writers, string endpoint) => CompareAsync(
        item, $"updates, {what}", server => [.. server.WriteTo(endpoint), "--writers", $"{writers}"]);

    private Task WebhooksAsync() => CompareAsync("14", "queued jobs, eight connections", server =>
    [
        "--mode", "http", "--method", "POST", "--target", "/webhooks", "--body", Delivery, "--signed-with", Server.Secret,
        "--wheader", "X-GitHub-Event: workflow_job", "--wheader", "X-GitHub-Hook-Installation-Target-Type: repository",
        "--wheader", "X-GitHub-Delivery: {I}", "--writers", "8",
    ]);

    private async Task CompareAsync(string item, string what, Func<Server, string[]> arguments)
    {
        await using var hub = new Hub();
        await using var bare = new BareWrites();
        List<Server> servers = [hub, bare];
        foreach (var server in servers)
        {
            await server.StartAsync();
            await Load.RunAsync($"{item} warm-up", server, Everything, false, [.. arguments(server), "--conns", "1", "--events", "10000"]);
        }

        var results = servers.ToDictionary(x => x, _ => new List<Result>());
        for (var i = 0; i < runs; i++)
        {
            foreach (var server in servers)
                results[server].Add(await Load.RunAsync($"{item} {what}", server, Everything, false, [.. arguments(server), "--conns", "1", "--events", $"{Events}"]));
        }

        verdicts.Flawless(item, results[hub]);
        verdicts.AtLeast(item, $"{what}: writes/s", results[hub].Median("writes_per_s"), results[bare].Median("writes_per_s"), LeastRate);
        verdicts.AtMost(
            item, $"{what}: CPU µs a write", results[hub].Median("cpu_us_per_delivery"), results[bare].Median("cpu_us_per_delivery"), MostCpu);
    }

    // As GitHub sends it, without most of what nobody reads; the job's name is the event's token.
    private static string Delivery =>
        """
        {"action":"queued","workflow_job":{"id":{I},"run_id":7,"run_attempt":1,"head_branch":"main","workflow_name":"ci","status":"queued","conclusion":null,
        "html_url":"https://ghes.example.com/octo/app/actions/runs/7/job/1","created_at":"2026-11-29T10:00:00Z","started_at":"2026-11-29T10:00:00Z",
        "completed_at":null,"name":"{T}","steps":[],"labels":["self-hosted","linux"],"runner_id":null,"runner_name":null,"runner_group_id":null,
        "runner_group_name":null},"repository":{"id":1,"name":"app","full_name":"octo/app","private":true,"owner":{"login":"octo","id":2,"type":"Organization"},
        "html_url":"https://ghes.example.com/octo/app","description":"The application whose jobs are measured; a repository usually has some hundred bytes more than this one","default_branch":"main"},
        "organization":{"login":"octo","id":2,"description":""},"sender":{"login":"dev","id":3,"type":"User"}}
        """.ReplaceLineEndings("");
}
