using System.Net.WebSockets;
using System.Text.Json;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Hub;

/// <summary>A client that reads nothing for a while is parked, and then gets everything, over a real socket.</summary>
public sealed class SlowReaderSpecs(SlowReaderSpecs.SmallQueues hub) : IClassFixture<SlowReaderSpecs.SmallQueues>
{
    private const int Events = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("""{"filters":[{"entity-type":"template"}]}""", false)]
    [InlineData("""{"filters":[{"entity-type":"template"}],"cursor":"now"}""", true)]
    public async Task AReaderThatWakes_GetsEverything_Once_InOrder(string options, bool hasCursor)
    {
        using var socket = await OpenSlowAsync(options);
        var before = await ParkingsAsync();
        var id = await CreateTemplateAsync();
        var description = 0;

        // Enough to fill the system's buffers and the queue.
        while (await ParkingsAsync() == before)
        {
            Assert.True(description < 2_000, "the session was never parked");
            for (var i = 0; i < 10; i++) await DescribeAsync(id, description++);
        }

        for (var i = 0; i < Events; i++) await DescribeAsync(id, description++);

        var seen = new List<string>();
        var cursors = new List<string>();
        while (seen.Count < description)
        {
            var frame = await ReadAsync(socket);
            if (!frame.TryGetProperty("payload", out var payload)) continue;
            if (frame.TryGetProperty("cursor", out var cursor)) cursors.Add(cursor.GetString()!);
            if (frame.GetProperty("operation").GetString() == "update") seen.Add(payload.GetProperty("description").GetString()!);
        }

        Assert.Equal(Enumerable.Range(0, description).Select(x => $"{x}"), seen);
        Assert.Equal(hasCursor ? description + 1 : 0, cursors.Distinct().Count());
    }

    private async Task<ClientWebSocket> OpenSlowAsync(string options)
    {
        var socket = await SlowSocket.OpenAsync(hub.Host.BaseUrl, hub.Admin.Token, options);
        await Retry.UntilAsync("the filter counts", async () => await GaugeAsync("garm_sessions_open") >= 1, Patience);

        // The filter takes effect before the next message does, whose refusal is the answer.
        if (options.Contains("cursor", StringComparison.Ordinal)) Assert.Equal("caught-up", (await ReadAsync(socket)).GetProperty("control").GetString());
        else await SettleAsync(socket);
        return socket;
    }

    /// <summary>A plain client gets no control frames: its first event is the sign.</summary>
    private async Task SettleAsync(ClientWebSocket socket)
    {
        var reading = ReadAsync(socket);
        await Retry.UntilAsync(
            "the first event comes",
            async () =>
            {
                await CreateTemplateAsync();
                return reading.IsCompleted;
            },
            Patience);
        await reading;
    }

    private static async Task<JsonElement> ReadAsync(ClientWebSocket socket) =>
        await SlowSocket.ReadAsync(socket) ?? throw new InvalidOperationException($"the socket was closed: {socket.CloseStatus}");

    private Task<long> CreateTemplateAsync() => SlowSocket.CreateLargeTemplateAsync(hub.Admin);

    private async Task DescribeAsync(long id, int number) =>
        Assert.Equal(200, (await hub.Admin.SendAsync("PUT", $"/api/v1/templates/{id}", new { description = $"{number}" })).Status);

    private Task<double> ParkingsAsync() => GaugeAsync("garm_sessions_parkings_total");

    private async Task<double> GaugeAsync(string name)
    {
        var line = (await hub.Admin.SendAsync("GET", "/metrics")).Text.Split('\n')
            .FirstOrDefault(x => x.StartsWith(name, StringComparison.Ordinal) && !x.StartsWith('#'));
        return line is null ? 0 : double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A hub with a small queue for each connection.</summary>
    public sealed class SmallQueues : InitialisedHub
    {
        protected override Dictionary<string, string?> Settings => new() { ["Garm:Events:SessionQueueBytes"] = "65536" };
    }
}
