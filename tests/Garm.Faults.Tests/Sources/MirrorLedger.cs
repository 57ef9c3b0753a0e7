using System.Text.Json;
using Garm.Host.Tests.Hub;

namespace Garm.Faults.Tests.Sources;

/// <summary>The proxies of a source, what was done to them, and what the hub's log and snapshot have of them.</summary>
internal sealed class MirrorLedger(HubClient source, HubClient hub, string name)
{
    private const int PageSize = 1000;

    private readonly Random _random = new(16);
    private readonly List<string> _there = [];
    private readonly HashSet<string> _deleted = [];
    private int _made;

    /// <summary>Creates, changes and deletes some.</summary>
    public async Task WriteAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var which = _there.Count < 3 ? 0 : _random.Next(4);
            var id = _there.Count == 0 ? "" : _there[_random.Next(_there.Count)];
            var answer = which switch
            {
                0 or 1 => await source.SendAsync("POST", "/api/v1/proxies", new { name = $"p{_made++}", http_proxy = "http://p" }),
                2 => await source.SendAsync("PUT", $"/api/v1/proxies/{id}", new { description = $"{_random.Next()}" }),
                _ => await source.SendAsync("DELETE", $"/api/v1/proxies/{id}"),
            };
            Assert.True(answer.Status == 200, answer.Text);
            if (which < 2) _there.Add(answer.Json.GetProperty("id").ToString());
            if (which != 3) continue;
            _there.Remove(id);
            _deleted.Add(id);
        }
    }

    /// <summary>Whether the mirror is what the source lists.</summary>
    public async Task<bool> IsMirroredAsync() => (await ListedAsync()).SequenceEqual(await MirroredAsync());

    /// <summary>
    /// The log from its start gives the mirror; nothing is created twice or changed without a difference; nothing is deleted that the
    /// source did not delete.
    /// </summary>
    public async Task ShouldReplayAsync()
    {
        var states = new Dictionary<string, string>();
        var cursor = "earliest";
        while (true)
        {
            var page = (await hub.SendAsync("GET", $"/api/v1/events?after={Uri.EscapeDataString(cursor)}&limit={PageSize}&filter={Filter()}")).Json;
            foreach (var change in page.GetProperty("events").EnumerateArray())
            {
                var (operation, payload) = (change.GetProperty("operation").GetString(), change.GetProperty("payload"));
                var (id, text) = (payload.GetProperty("id").ToString(), payload.GetRawText());
                var isThere = states.TryGetValue(id, out var before);
                Assert.True(isThere == (operation != "create"), $"{operation} of {text}");
                if (operation == "update") Assert.NotEqual(before, text);
                if (operation == "delete") Assert.Contains(id, _deleted);
                if (operation == "delete") states.Remove(id);
                else states[id] = text;
            }

            cursor = page.GetProperty("cursor").GetString()!;
            if (!page.GetProperty("more").GetBoolean()) break;
        }

        Assert.Equal(await MirroredAsync(), states.Values.Order(StringComparer.Ordinal));
    }

    /// <summary>How many proxies the mirror has.</summary>
    public async Task<int> CountAsync() => (await MirroredAsync()).Count;

    private async Task<List<string>> ListedAsync() => [.. (await source.SendAsync("GET", "/api/v1/proxies")).Json
        .EnumerateArray().Select(x => x.GetRawText()).Order(StringComparer.Ordinal)];

    private async Task<List<string>> MirroredAsync()
    {
        var rows = new List<JsonElement>();
        for (string? after = ""; after is not null;)
        {
            var page = (await hub.SendAsync("GET", $"/api/v1/snapshot?limit={PageSize}&filter={Filter()}&after={Uri.EscapeDataString(after)}")).Json;
            rows.AddRange(page.GetProperty("entities").EnumerateArray());
            after = page.GetProperty("more").GetBoolean() ? page.GetProperty("after").GetString() : null;
        }

        return [.. rows.Select(x => x.GetProperty("payload").GetRawText()).Order(StringComparer.Ordinal)];
    }

    private string Filter() => Uri.EscapeDataString($$"""{"filters":[{"entity-type":"proxy","source":"{{name}}"}]}""");
}
