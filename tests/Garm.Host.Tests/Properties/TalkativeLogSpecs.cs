using CsCheck;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Properties;

/// <summary>A hub that logs all it can.</summary>
public sealed class TalkativeHub : InitialisedHub
{
    protected override Dictionary<string, string?> Settings => new()
    {
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Trace",
    };
}

/// <summary>Operators turn the log up when something is wrong, and send it to others.</summary>
public sealed class TalkativeLogSpecs(TalkativeHub hub) : IClassFixture<TalkativeHub>
{
    [Fact]
    public async Task ALogWithEverything_ShouldHoldNoSecret()
    {
        var (state, secrets) = (new FleetState(), new Secrets());
        var fleet = new Fleet(hub, state, secrets, _ => { });
        var chance = new PCG(102);
        await state.FollowAsync(hub.Admin, _ => { });
        var further = Enumerable.Range(0, 20).SelectMany(_ => FleetCall.Sequences.Generate(chance, null, out var _));
        foreach (var call in FleetCall.Beginning.Concat(further))
        {
            await fleet.MakeAsync(call);
            await state.FollowAsync(hub.Admin, _ => { });
        }

        secrets.Add(hub.Admin.Token);
        secrets.Add(HubClient.Password);
        var log = hub.Host.Output;

        Assert.Contains("dbug: ", log, StringComparison.Ordinal);
        Assert.Contains("INSERT INTO", log, StringComparison.Ordinal); // What EF Core says of its commands is in it.
        var line = log.Split('\n').FirstOrDefault(x => secrets.FindIn(x) is not null);
        Assert.True(line is null, $"\"{secrets.FindIn(line ?? "")}\" is in the log: {line}");
    }
}
