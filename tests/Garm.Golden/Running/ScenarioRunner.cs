using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using Garm.Golden.Comparing;
using Garm.Golden.Scenarios;
using Garm.Golden.Sockets;

namespace Garm.Golden.Running;

/// <summary>Plays recorded scenarios against a server and reports where it differs from the recording.</summary>
/// <param name="server">The server.</param>
/// <param name="onAnswer">Called with every answer to a request.</param>
public sealed class ScenarioRunner(GoldenServer server, Action<RecordedAnswer>? onAnswer = null)
{
    // Nothing listens there; only scenarios that are not played here contact a forge.
    private const string ForgeAddress = "http://127.0.0.1:1";

    /// <summary>
    /// Plays all steps. A step that differs does not end the run; a step that cannot be played (no answer, or a value to
    /// send is missing) does, because the following steps would only differ for that reason.
    /// </summary>
    public async Task<ScenarioReport> RunAsync(Scenario scenario)
    {
        var runId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        var variables = VariablesFor(scenario, runId);
        var comparer = ComparerFor(scenario, runId, variables);
        var ownJobs = scenario.RandomInts.Select(variables.Text).ToHashSet();
        var steps = new List<StepDifference>();
        var notes = new List<string>();

        using var http = new HttpExchange(server.Address, onAnswer);
        await using var sockets = new SocketSteps(server.BaseUrl, variables, comparer);
        await using var tap = scenario.NoEventSocket
            ? null
            : await EventTap.OpenAsync(server.BaseUrl, variables.Text("token"));
        var requests = new RequestSteps(http, tap, variables, comparer, ownJobs);

        foreach (var (i, step) in scenario.Steps.Index())
        {
            var found = new List<string>();
            var goesOn = true;
            try
            {
                found.AddRange(await PlayAsync(step, scenario.Steps.ElementAtOrDefault(i + 1), requests, sockets));
            }
            catch (Exception fault) when (fault is ScenarioException or HttpRequestException or IOException
                or InvalidDataException or SocketException or TimeoutException or OperationCanceledException)
            {
                found.Add(fault.Message);
                goesOn = false;
            }

            notes.AddRange(comparer.TakeNotes().Select(note => $"step {i + 1}: {note}"));
            if (found.Count > 0) steps.Add(new StepDifference(i + 1, step.Title, found));
            if (goesOn) continue;

            var left = scenario.Steps.Count - i - 1;
            if (left > 0) steps.Add(new StepDifference(i + 2, "", [$"stopped here; {left} steps were not played"]));
            break;
        }

        return new ScenarioReport(scenario.Name, steps, notes);
    }

    private static async Task<IEnumerable<string>> PlayAsync(
        Step step,
        Step? next,
        RequestSteps requests,
        SocketSteps sockets)
    {
        if (step.Ws is not null) return await sockets.PlayAsync(step, next);
        if (step.Request is not null)
        {
            var found = await requests.PlayAsync(step, isLast: next is null);
            return [.. found, .. await sockets.CompareEventsAsync(step)];
        }

        // The pause itself is the step: the recorder waited here for background work.
        if (step.SleepMs is { } pause) await Task.Delay(pause);
        else throw new ScenarioException("unknown kind of step");
        return [];
    }

    private Variables VariablesFor(Scenario scenario, string runId)
    {
        var variables = new Variables();
        variables.Set("run_id", runId);
        variables.Set("base_url", server.Address);
        variables.Set("forge_url", ForgeAddress);
        variables.Set("username", server.Username);
        variables.Set("password", server.Password);
        if (server.Token is { } token) variables.Set("token", token);
        if (server.ControllerId is { } controllerId) variables.Set("controller_id", controllerId);
        foreach (var name in scenario.RandomInts)
            variables.Set(name, RandomNumberGenerator.GetInt32(100_000_000, 900_000_000));
        return variables;
    }

    private Comparer ComparerFor(Scenario scenario, string runId, Variables variables)
    {
        var recording = scenario.Recording;
        Replacement[] replacements =
        [
            new(recording.BaseUrl, server.Address),
            new(recording.RunId, runId),
            new(recording.ForgeUrl, ForgeAddress),
        ];
        var comparer = new Comparer(
            [.. replacements.Where(x => x.Recorded.Length > 0)],
            new UserNames(recording.Username, server.Username));

        if (recording.ControllerId is { } recorded && server.ControllerId is { } actual)
            comparer.Bind(IdKinds.Uuid, recorded, actual);
        foreach (var (name, recordedJob) in recording.RandomInts)
        {
            comparer.Bind(
                IdKinds.WorkflowJob, recordedJob.ToString(CultureInfo.InvariantCulture), variables.Text(name));
        }

        return comparer;
    }
}
