using System.Text.Json;
using Akka.TestKit.Xunit2;
using Garm.Actors.Sessions;
using Garm.Contracts.Events;

namespace TestKitScenarios;

/// <summary>What clients of the event socket rely on, tried with the hub's own actors and without a hub.</summary>
public sealed class SessionScenarios : TestKit
{
    private const string Everything = """{"send-everything":true,"cursor":"now","heartbeat-seconds":0}""";
    private static readonly TimeSpan OneHour = TimeSpan.FromHours(1);

    private readonly Node _node;

    public SessionScenarios() : base(Node.VirtualTime) => _node = new Node(this);

    #region expiry
    [Fact]
    public async Task ASession_EndsWithItsToken()
    {
        var client = await _node.ConnectAsync(Everything, tokenEndsIn: OneHour);

        _node.Advance(OneHour - TimeSpan.FromMinutes(1));
        await client.ExpectControlAsync("token-expiring");
        _node.Commit(EntityType.Pool, ChangeOperation.Create, "p", """{"id":"p"}""");
        Assert.Equal("p", IdOf(await client.NextEventAsync()));

        _node.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1000, await client.ExpectCloseAsync());
    }
    #endregion

    [Fact]
    public async Task ARevokedUser_LosesTheSession_AtOnce()
    {
        var client = await _node.ConnectAsync(Everything, tokenEndsIn: OneHour);

        var user = _node.Users.Access.UserId.ToString();
        _node.Users.Access = _node.Users.Access with { Enabled = false };
        _node.Commit(EntityType.User, ChangeOperation.Update, user, $$"""{"id":"{{user}}","enabled":false}""");

        Assert.Equal(1000, await client.ExpectCloseAsync());
    }

    [Fact]
    public async Task AFilter_PassesOnlyWhatMatches()
    {
        var client = await _node.ConnectAsync(
            """{"filters":[{"entity-type":"pool","operations":["create"],"match":{"enabled":true}}],"cursor":"now"}""",
            tokenEndsIn: OneHour);

        _node.Commit(EntityType.Instance, ChangeOperation.Create, "i", """{"id":"i"}""");
        _node.Commit(EntityType.Pool, ChangeOperation.Create, "off", """{"id":"off","enabled":false}""");
        _node.Commit(EntityType.Pool, ChangeOperation.Create, "on", """{"id":"on","enabled":true}""");

        Assert.Equal("on", IdOf(await client.NextEventAsync()));
    }

    [Fact]
    public async Task ASlowClient_GetsEverything_InOrder()
    {
        var client = await _node.ConnectAsync(Everything, tokenEndsIn: OneHour, new OutboundLimits(Bytes: 100_000, Frames: 4));

        // Nobody reads meanwhile, so the queue is full after four events, and the session reads the rest from the log later.
        for (var i = 1; i <= 50; i++) _node.Commit(EntityType.Pool, ChangeOperation.Create, $"{i}", $$"""{"id":"{{i}}"}""");

        for (var i = 1; i <= 50; i++) Assert.Equal($"{i}", IdOf(await client.NextEventAsync()));
    }

    private static string? IdOf(JsonElement frame) => frame.GetProperty("payload").GetProperty("id").GetString();
}
