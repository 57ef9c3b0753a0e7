using System.Text.Json.Nodes;
using Garm.Golden.Running;
using static Garm.Host.Tests.Golden.DrivenScenario;

namespace Garm.Host.Tests.Golden;

/// <summary>
/// The recordings in which GARM's own manager created, changed and removed runners: a runner provider makes the same changes
/// over the hub's routes, and consumers see the same events.
/// </summary>
public sealed class ForgeScenarioSpecs(GoldenHost shared) : IClassFixture<GoldenHost>
{
    private const string PoolRunners = "/api/v1/pools/{{p}}/instances";

    [Fact]
    public async Task AnIdleRunner_LivesAsRecorded()
    {
        var scenario = Load("forge-idle-runner-life");
        var jit = new JsonObject { ["jit_configuration"] = new JsonObject { [".credentials"] = "e30=" } };
        scenario.Without(4).Drive(6, PoolRunners, jit).TokenAt(15).Drive(41);

        // Only the forge knows which tools exist.
        scenario.Step(21)["response"]!["body"]!.AsObject().Remove("runner_tools");

        // The message of a refused report is stored; here each stored change has an event.
        var messages = scenario.Payload(34, 0)["status_messages"]!.AsArray();
        foreach (var (step, count) in new[] { (30, 4), (32, 5), (33, 6) })
        {
            var kept = scenario.Payload(20, 0);
            kept["status_messages"] = new JsonArray([.. messages.Take(count).Select(x => x!.DeepClone())]);
            scenario.Step(step)["events"] = new JsonArray(Event("instance", "update", kept));
        }

        await PlayAsync(scenario);
    }

    [Fact]
    public async Task ARunnerForAJob_LivesAsRecorded_AndTakesTheJobWithIt()
    {
        var scenario = Load("forge-job-driven-runner");
        var locked = scenario.Step(8)["events"]![0]!;
        scenario.Step(7)["captures"] = new JsonObject { ["job"] = "@[0].payload.id" };
        scenario.Without(5).Drive(8, PoolRunners, new JsonObject { ["job_id"] = "{{job}}" }).TokenAt(10);

        // Only the first of the requests locks the job.
        var drive = new List<JsonNode>();
        foreach (var (i, recorded) in scenario.Step(8)["events"]!.AsArray().Skip(1).Index())
            drive.Add(Move(recorded!, PoolRunners, new JsonObject { ["job_id"] = "{{job}}" }, i == 0 ? [locked] : []));
        scenario.Instead(8, [.. drive]);

        // GARM names the runner only in the job's next event.
        NameRunner(scenario, 13);

        // GARM deletes the job without an event.
        var gone = Event("job", "delete", scenario.Payload(16, 0));
        var end = scenario.Step(17)["events"]!.AsArray();
        scenario.Instead(17, Move(end[0]!, "", null, []), Move(end[1]!, "", null, [gone]));

        await PlayAsync(scenario);
    }

    [Fact]
    public async Task AForcedDeletion_GoesAsRecorded() => await PlayAsync(
        Load("forge-force-delete").Without(4).Drive(6, PoolRunners).Drive(10).Drive(13));

    [Fact]
    public async Task ACreationThatFails_IsTriedAgain_AsRecorded() => await PlayAsync(
        Load("forge-provider-fails-create").Without(4).Drive(6, PoolRunners).Drive(10));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ScaleSets_AreMadeAndChanged_AsRecorded(bool registeredLater)
    {
        // Left out: a runner group of which only the forge knows that it does not exist.
        var scenario = Load("forge-scaleset-crud").Without(4, 6, 8, 28);
        foreach (var (step, id) in new[] { (9, "{{s}}"), (14, "{{so}}"), (15, "{{se}}") })
        {
            if (registeredLater) TellForgesNumberLater(scenario, step, id);
            else GiveForgesNumber(scenario, step);
        }

        await PlayAsync(scenario);
    }

    [Fact]
    public async Task ARunnerOfAScaleSet_LivesAsRecorded()
    {
        // The runner provider reports what GARM's listener receives from the forge; GARM deletes the job without an event.
        var scenario = Load("forge-scaleset-runner").Without(4, 5, 18, 22);
        GiveForgesNumber(scenario, 6);
        scenario.Drive(7, "/api/v1/scalesets/{{s}}/instances").TokenAt(11);
        scenario.Instead(14, Report(scenario, 14, 0, []), Desire(scenario, 1, 14, 2));
        NameRunner(scenario, 15);
        scenario.Instead(15, Report(scenario, 15, 0, [scenario.Step(15)["events"]![1]!]));
        var gone = Event("job", "delete", scenario.Payload(19, 1));
        scenario.Instead(
            19,
            Report(scenario, 19, 1, [scenario.Step(19)["events"]![0]!]),
            Desire(scenario, 0, 19, 3),
            Move(scenario.Step(19)["events"]![4]!, "", null, []),
            Move(scenario.Step(19)["events"]![5]!, "", null, [scenario.Step(19)["events"]![6]!, gone]));
        await PlayAsync(scenario);
    }

    [Fact]
    public async Task EntitiesComeUp_AsRecorded()
    {
        var scenario = Load("forge-entity-comes-up");
        foreach (var (step, path) in new[] { (5, "repositories/{{r}}"), (7, "organizations/{{o}}"), (9, "enterprises/{{e}}") })
        {
            scenario.Instead(step, Request(
                "PUT", $"/api/v1/{path}/pool-manager-status", new JsonObject { ["running"] = true },
                [scenario.Step(step)["events"]![0]!]));
        }

        await PlayAsync(scenario);
    }

    [Fact]
    public async Task ARunnerOfAWholeGiteaServer_LivesAsRecorded()
    {
        var scenario = Load("forge-gitea-runner");
        var token = new JsonObject { ["registration_token"] = "REGTOKEN" };
        scenario.Drive(6, PoolRunners, token)
            .TokenAt(8).Drive(14);
        scenario.Instead(4, Request(
            "PUT", "/api/v1/forge-instances/{{f}}/pool-manager-status", new JsonObject { ["running"] = true },
            [scenario.Step(4)["events"]![0]!]));

        // GARM sends the event that the token was read, and then adds the message; here each stored change has an event.
        var messages = scenario.Payload(11, 0)["status_messages"]!.AsArray();
        scenario.Step(10)["events"]![0]!["payload"]!["status_messages"] =
            new JsonArray([.. messages.Take(2).Select(x => x!.DeepClone())]);
        await PlayAsync(scenario);
    }

    /// <summary>A recorded job event without the job's runner, which the runner's later event has.</summary>
    private static void NameRunner(DrivenScenario scenario, int step) =>
        scenario.Step(step)["events"]![0]!["payload"]!["runner_name"] = scenario.Payload(step, 1)["name"]!.DeepClone();

    /// <summary>The report for a recorded job event.</summary>
    private static JsonNode Report(DrivenScenario scenario, int step, int index, JsonNode[] beside)
    {
        var job = scenario.Payload(step, index);
        var body = new JsonObject();
        foreach (var key in new[]
        {
            "scaleset_job_id", "status", "action", "conclusion", "name", "run_id", "repository_owner", "repository_name", "labels",
            "runner_id", "started_at", "completed_at",
        })
        {
            if (job[key] is { } value) body[key] = value.DeepClone();
        }

        if (job["runner_id"] is not null) body["runner_name"] = "{{instance}}";
        return Request(
            "POST", "/api/v1/scalesets/{{s}}/jobs", body, [scenario.Step(step)["events"]![index]!, .. beside]);
    }

    /// <summary>The forge asks for this number of runners. The event is as the API shows the scale set; GARM's lacks the endpoint.</summary>
    private static JsonNode Desire(DrivenScenario scenario, int count, int step, int index)
    {
        var payload = scenario.Payload(step, index);
        var made = scenario.Payload(6, 0);
        payload["endpoint"] = made["endpoint"]!.DeepClone();
        payload["template_name"] = made["template_name"]!.DeepClone();
        return Request(
            "PUT", "/api/v1/scalesets/{{s}}", new JsonObject { ["desired_runner_count"] = count },
            [Event("scaleset", "update", payload)]);
    }

    private static void GiveForgesNumber(DrivenScenario scenario, int step) =>
        scenario.Step(step)["request"]!["body"]!["scale_set_id"] = scenario.Payload(step, 0)["scale_set_id"]!.DeepClone();

    /// <summary>Created as GARM's command line does, then registered: from then on it equals the recorded one.</summary>
    private static void TellForgesNumberLater(DrivenScenario scenario, int step, string id)
    {
        var registered = scenario.Payload(step, 0);
        var made = scenario.Step(step).DeepClone();
        made["request"]!["body"]!["scale_set_id"] = 0;
        foreach (var shown in new[] { made["response"]!["body"]!, made["events"]![0]!["payload"]! })
            shown.AsObject().Remove("scale_set_id");
        scenario.Instead(step, made, Request(
            "PUT", $"/api/v1/scalesets/{id}", new JsonObject { ["scale_set_id"] = registered["scale_set_id"]!.DeepClone() },
            [Event("scaleset", "update", registered)]));
    }

    private async Task PlayAsync(DrivenScenario scenario)
    {
        var isClean = false;
        try
        {
            var report = await new ScenarioRunner(await shared.ServerAsync()).RunAsync(scenario.Build());
            Assert.True(report.Differences.Count == 0, $"differs from its recording:\n{report.Describe()}");
            isClean = true;
        }
        finally
        {
            if (!isClean) await shared.SpoilAsync();
        }
    }
}
