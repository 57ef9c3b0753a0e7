using Garm.Data.Controller;
using Garm.Data.Model;
using Garm.Data.Retries;
using Garm.Data.Tests.Engines;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Writes;

/// <summary>Concurrent writers of one row: each succeeds in turn, and one that keeps losing is refused.</summary>
public abstract class ContentionSpecBase(TestEngine engine) : IAsyncLifetime
{
    private readonly TwoNodes _nodes = new(engine);

    public Task InitializeAsync() => _nodes.InitializeAsync();

    public Task DisposeAsync() => _nodes.DisposeAsync();

    [SkippableFact]
    public async Task WritersOfOneRow_AllGetTheirTurn()
    {
        const int writers = 8;
        const int writes = 40;

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < writes; i++)
            {
                var backoff = (uint)((writer * writes) + i + 1);
                await _nodes.One.UseAsync<ControllerStore>(x => x.UpdateAsync(new() { MinimumJobAgeBackoff = backoff }, default));
            }
        })));

        Assert.All(_nodes.One.Commits.Kinds, x => Assert.Equal("controller update", x));
        Assert.Equal(writers * writes, _nodes.One.Commits.Changes.Count);
    }

    [SkippableFact]
    public async Task AWriteThatLosesEachTime_IsRefusedAsAConflict_AndTheReasonIsKeptForTheLog()
    {
        await _nodes.One.SaveAsync(db => db.Add(new Proxy { Name = "p", HttpProxy = "http://p.example.com" }));
        var id = await _nodes.One.ReadAsync(db => db.Proxies.Select(x => x.Id).SingleAsync());
        var (attempts, lost) = (0, 0);
        _nodes.BeforeOneWrites(LoseAsync);

        var refusal = await Assert.ThrowsAsync<GarmException>(() => _nodes.One.UseAsync<UnitOfWork>(x => x.WriteAsync(
            async db =>
            {
                attempts++;
                (await db.Proxies.SingleAsync(p => p.Id == id)).Description = "mine";
            },
            default)));

        Assert.Equal(
            (RefusalKind.Conflict, "others kept changing the same data at the same time, so this change was given up; send it again"),
            (refusal.Kind, refusal.Message));
        Assert.IsType<DbUpdateConcurrencyException>(refusal.InnerException);
        Assert.Equal(new WriteRetryOptions().Conflicts + 1, attempts);
        Assert.Equal($"other {lost}", await _nodes.One.ReadAsync(db => db.Proxies.Select(x => x.Description).SingleAsync()));

        async Task LoseAsync()
        {
            await _nodes.OnOtherAsync(db => db.Proxies.Single().Description = $"other {++lost}");
            _nodes.BeforeOneWrites(LoseAsync);
        }
    }
}
