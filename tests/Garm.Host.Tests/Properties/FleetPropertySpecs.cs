using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Host.Tests.Properties;

/// <summary>
/// For any calls in any order: the change log alone gives what every list shows, in every field; an event shows what the
/// API shows; the answer of a call equals a later read (see <see cref="Fleet"/>); and no secret is shown. Each sequence begins with the state that the
/// former ones left, so a failure names the seed of the whole run (<c>GARM_PROPERTY_SEED</c> repeats it) and the sequence.
/// <c>GARM_PROPERTY_SEQUENCES</c> sets the number of sequences; by default as many as fit into <see cref="Budget"/>, up to <see cref="Sequences"/>.
/// </summary>
public sealed class FleetPropertySpecs(FleetPropertySpecs.Hub hub, ITestOutputHelper output) : IClassFixture<FleetPropertySpecs.Hub>
{
    private const int Sequences = 200;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(40);

    /// <summary>A hub beside the test.</summary>
    public sealed class Hub : InitialisedHub
    {
        /// <inheritdoc />
        protected override bool IsUsed => LongTests.SkipReason is null;
    }

    private readonly FleetState _state = new();
    private readonly Secrets _secrets = new();
    private int _seen;

    [LongFact]
    public async Task TheLog_HasTheState_EventsShowWhatTheApiShows_AndNoSecretComesOut()
    {
        var wanted = Environment.GetEnvironmentVariable("GARM_PROPERTY_SEQUENCES") is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : (int?)null;
        var chance = Environment.GetEnvironmentVariable("GARM_PROPERTY_SEED") is { Length: > 0 } given ? PCG.Parse(given) : new PCG(101);
        var seed = chance.ToString();
        var fleet = new Fleet(hub, _state, _secrets, CheckText);
        var reader = new FleetReader(hub.Admin, CheckText);
        var (sequences, calls) = (0, 0);
        await _state.FollowAsync(hub.Admin, CheckText);
        foreach (var call in FleetCall.Beginning) await MakeAsync(call);

        var clock = Stopwatch.StartNew();
        for (; sequences < (wanted ?? Sequences) && (wanted is not null || clock.Elapsed < Budget); sequences++)
        {
            var sequence = FleetCall.Sequences.Generate(chance, null, out _);
            try
            {
                foreach (var call in sequence) await MakeAsync(call);
                await CheckStateAsync(reader);
                CheckLog();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new Xunit.Sdk.XunitException(
                    $"seed {seed}, sequence {sequences + 1}:\n{string.Join('\n', sequence)}\n{e.Message}");
            }

            calls += sequence.Count;
        }

        output.WriteLine($"seed {seed}: {sequences} sequences, {calls} calls in {clock.Elapsed.TotalSeconds:F1} s; done/refused: "
            + string.Join(", ", fleet.Tally.Select(x => $"{x.Key} {x.Value.Done}/{x.Value.Refused}")));
        Assert.True(sequences > 0);

        async Task MakeAsync(FleetCall call)
        {
            await fleet.MakeAsync(call);
            await CheckEventsAsync(call, await _state.FollowAsync(hub.Admin, CheckText), reader);
        }
    }

    /// <summary>Each event of a creation or a change equals the current state, unless the same call changed the entity again.</summary>
    private static async Task CheckEventsAsync(FleetCall call, IReadOnlyList<LoggedChange> changes, FleetReader reader)
    {
        foreach (var last in changes.GroupBy(x => (x.Type, x.Id)).Select(x => x.Last()))
        {
            var now = await reader.OneAsync(last.Type, last.Payload);
            if (last.Operation == "delete")
            {
                Assert.True(now is null || !JsonNode.DeepEquals(now["id"], last.Payload["id"]), $"{call}: {last.Type} {last.Id} is gone, and there");
                continue;
            }

            Assert.True(
                now is not null
                    && JsonNode.DeepEquals(FleetReader.Comparable(last.Type, now), FleetReader.Comparable(last.Type, last.Payload)),
                $"{call}: the event of {last.Type} has\n{last.Payload.ToJsonString()}\nand the API\n{now?.ToJsonString()}");
        }
    }

    private async Task CheckStateAsync(FleetReader reader)
    {
        foreach (var type in FleetReader.Types)
        {
            var listed = (await reader.ListAsync(type)).ToDictionary(x => new LoggedChange(type, "", x).Id);
            var logged = _state.Of(type);
            Assert.Equal(logged.Keys.Order(StringComparer.Ordinal), listed.Keys.Order(StringComparer.Ordinal));
            foreach (var (id, shown) in logged)
            {
                AssertSame($"{type} {id} in its list", FleetReplay.Listed(type, shown, _state), FleetReader.Comparable(type, listed[id]));
                var one = (await reader.OneAsync(type, shown))!;
                AssertSame($"{type} {id}", FleetReplay.Whole(type, shown, _state), FleetReader.Comparable(type, one));
                if (FleetJoins.FindWrong(type, one, _state) is { } wrong) Assert.Fail($"{type} {id}: {wrong}\n{one.ToJsonString()}");
            }
        }
    }

    private static void AssertSame(string what, JsonObject log, JsonObject api) =>
        Assert.True(JsonNode.DeepEquals(log, api), $"{what} is by the log\n{log.ToJsonString()}\nand by the API\n{api.ToJsonString()}");

    private void CheckText(string text)
    {
        if (_secrets.FindIn(text) is { } secret) Assert.Fail($"\"{secret}\" came out: {text}");
    }

    private void CheckLog()
    {
        var log = hub.Host.Output;
        CheckText(log[Math.Min(_seen, log.Length)..]);
        _seen = Math.Max(0, log.Length - 1000);
    }
}
