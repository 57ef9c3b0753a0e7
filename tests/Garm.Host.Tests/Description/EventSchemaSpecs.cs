using System.Text;
using System.Text.Json.Nodes;
using Garm.Contracts.Events;
using Garm.Contracts.Events.Schema;

namespace Garm.Host.Tests.Description;

/// <summary>The published schema of the event socket. Tests that receive real frames validate them against it.</summary>
public sealed class EventSchemaSpecs(UninitialisedHost shared) : IClassFixture<UninitialisedHost>
{
    [Fact]
    public async Task TheSchema_IsServedToEveryone()
    {
        using var client = new HttpClient { BaseAddress = shared.Host.BaseUrl };
        using var answer = await client.GetAsync(new Uri("/schemas/events.json", UriKind.Relative));

        Assert.Equal("application/schema+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(JsonNode.DeepEquals(EventSchema.Create(), JsonNode.Parse(await answer.Content.ReadAsStringAsync())));
    }

    public static TheoryData<string, byte[]> ControlFrames => new()
    {
        { "caught-up", ControlFrame.CaughtUp("c") },
        { "heartbeat", ControlFrame.Heartbeat("c") },
        { "token-expiring", ControlFrame.TokenExpiring(DateTimeOffset.UnixEpoch) },
        { "token-renewed", ControlFrame.TokenRenewed(DateTimeOffset.UnixEpoch) },
        { "going-away", ControlFrame.GoingAway("c", TimeSpan.FromSeconds(1)) },
        { "going-away at the start", ControlFrame.GoingAway(null, TimeSpan.FromSeconds(1)) },
        { "invalid-filter", ControlFrame.Error(EventErrorCodes.InvalidFilter, "why") },
        { "cursor-unknown", ControlFrame.Error(EventErrorCodes.CursorUnknown, "why") },
        { "cursor-expired", ControlFrame.CursorExpired("why", "c") },
        { "slow-consumer", ControlFrame.SlowConsumer("why", "c") },
        { "session-ended", ControlFrame.SessionEnded("why", "c") },
        { "token-refused", ControlFrame.Error(EventErrorCodes.TokenRefused, "why") },
    };

    [Theory]
    [MemberData(nameof(ControlFrames))]
    public void ControlFrames_AreAsTheSchemaSays(string name, byte[] frame) =>
        Assert.True(EventFrameChecks.Check(Encoding.UTF8.GetString(frame)) is null, $"{name}: {EventFrameChecks.Check(Encoding.UTF8.GetString(frame))}");

    [Theory]
    [InlineData("""{"entity-type":"pool","operation":"create","payload":{"id":"x","enable_shell":"no"}}""")]
    [InlineData("""{"entity-type":"pool","operation":"create","payload":{"id":null}}""")]
    [InlineData("""{"entity-type":"pool","operation":"create","payload":{"secret":"x"}}""")]
    [InlineData("""{"entity-type":"pool","operation":"made","payload":{}}""")]
    [InlineData("""{"entity-type":"swimming-pool","operation":"create","payload":{}}""")]
    [InlineData("""{"entity-type":"pool","operation":"create"}""")]
    [InlineData("""{"entity-type":"pool","operation":"create","payload":{},"cursor":"c"}""")]
    [InlineData("""{"entity-type":"pool","operation":"create","payload":{"created_at":"yesterday"}}""")]
    [InlineData("""{"control":"caught-up"}""")]
    [InlineData("""{"control":"error","code":"cursor-expired","message":"x"}""")]
    [InlineData("[]")]
    public void WhatTheHubNeverSends_IsNotAsTheSchemaSays(string message) => Assert.NotNull(EventFrameChecks.Check(message));

    [Theory]
    [InlineData("""{"send-everything":true}""", true)]
    [InlineData("""{"filters":[{"entity-type":"pool","operations":["create"]}],"cursor":"now","heartbeat-seconds":30}""", true)]
    [InlineData("""{"filters":[{"entity-type":"instance","match":{"pool_id":["a","b"],"runner_status":"idle"}}],"cursor":"earliest"}""", true)]
    [InlineData("""{"token":"x"}""", true)]
    [InlineData("""{"filters":[{"entity-type":"nothing"}]}""", false)]
    [InlineData("""{"filters":[{"entity-type":"pool","operations":["make"]}]}""", false)]
    [InlineData("""{"filters":[{"entity-type":"pool","match":{"endpoint":{}}}],"cursor":"now"}""", false)]
    [InlineData("""{"send-everything":true,"cursor":"now","heartbeat-seconds":-1}""", false)]
    public void ClientMessages_AreDescribed_AsTheHubReadsThem(string message, bool isGood)
    {
        Assert.Equal(isGood, EventFrameChecks.Definition("client-message").Problem(message) is null);
        var outcome = EventOptionsReader.Read(Encoding.UTF8.GetBytes(message), out var options);
        Assert.Equal(isGood, outcome == EventOptionsOutcome.Accepted || options?.Token is not null);
    }

    [Fact]
    public void EveryEntityType_HasAPayload() =>
        Assert.All(EntityTypes.All, type => Assert.NotNull(EventPayloads.Of(type)));
}
