using System.Net.Http.Headers;
using System.Text.Json;

namespace Garm.Host.Tests.Hub;

/// <summary>What the socket and the stream of events refuse, in the same words.</summary>
public sealed class EventRefusalSpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>
{
    [Theory]
    [InlineData("""{"entity-type":"pool","match":{"enabledd":true}}""", "enabledd", "enabled")]
    [InlineData("""{"entity-type":"pool","match":{"max_runners":"ten"}}""", "max_runners", "a whole number")]
    [InlineData("""{"entity-type":"pool","match":{"max_runners":[1.5]}}""", "max_runners", "a whole number")]
    [InlineData("""{"entity-type":"instance","match":{"status":"runing"}}""", "runing", "running")]
    [InlineData("""{"entity-type":"pool","match":{"tags":"linux"}}""", "tags", "accepted are")]
    [InlineData("""{"entity-type":"pool","matches":{"enabled":true}}""", "matches", "match")]
    [InlineData("""{"entity-type":"pool","source":"No Source"}""", "No Source", "a-z")]
    [InlineData("""{"match":{"enabled":true}}""", "entity-type", "instance")]
    public async Task AFilterThatCanNeverMatch_IsRefused_WithTheFieldAndWhatIsAccepted(string filter, string field, string accepted)
    {
        await using var socket = await hub.Admin.OpenSocketAsync();
        await socket.SendTextAsync($$"""{"filters":[{{filter}}],"cursor":"now"}""");
        var error = JsonSerializer.Deserialize<JsonElement>((await socket.EventsAsync(1))[0]);
        var stream = await hub.Admin.SendAsync("GET", $"/api/v1/events/stream?filter={Uri.EscapeDataString($$"""{"filters":[{{filter}}]}""")}");

        Assert.Equal("invalid-filter", error.GetProperty("code").GetString());
        Assert.All([error.GetProperty("message").GetString()!, stream.Json.GetProperty("details").GetString()!], x =>
        {
            Assert.Contains(field, x, StringComparison.Ordinal);
            Assert.Contains(accepted, x, StringComparison.Ordinal);
        });
        Assert.Equal(400, stream.Status);
    }

    [Fact]
    public async Task ATypeThatAStreamHasNot_IsRefused_WithWhatIsAccepted()
    {
        using var http = new HttpClient { BaseAddress = hub.Host.BaseUrl };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events/stream");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", hub.Admin.Token);
        request.Headers.Accept.ParseAdd("application/xml");

        using var answer = await http.SendAsync(request);

        Assert.Equal(406, (int)answer.StatusCode);
        Assert.Contains("application/x-ndjson", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
