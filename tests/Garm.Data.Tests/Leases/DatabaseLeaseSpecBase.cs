using Garm.Data.Engines;
using Garm.Data.Leases;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Xunit;

namespace Garm.Data.Tests.Leases;

/// <summary>A lease has one holder at a time, and a holder that lost it cannot write.</summary>
public abstract class DatabaseLeaseSpecBase(TestEngine engine) : IAsyncLifetime
{
    private const string Name = "spec";
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private readonly TestDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task ALease_IsRefused_WhileAnotherHoldsIt()
    {
        Assert.NotNull(await AcquireAsync("a"));
        Assert.Null(await AcquireAsync("b"));
        Assert.Null(await AcquireAsync("a"));
    }

    [SkippableFact]
    public async Task OneOfManyAtOnce_AcquiresIt()
    {
        var grants = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => AcquireAsync($"n{i}")));

        Assert.Single(grants, grant => grant is not null);
    }

    [SkippableFact]
    public async Task ALeaseGivenBack_GoesToTheNext_WithAHigherToken()
    {
        var first = (await AcquireAsync("a"))!.Value;
        await UseAsync(leases => leases.ReleaseAsync(first, default));

        var second = (await AcquireAsync("b"))!.Value;

        Assert.True(second.FencingToken > first.FencingToken);
    }

    [SkippableFact]
    public async Task ALeaseThatEnded_CannotBeRenewed_AndIsNotGivenBackByItsOldHolder()
    {
        var old = (await AcquireAsync("a"))!.Value;
        await ExpireAsync();
        var young = (await AcquireAsync("b"))!.Value;

        Assert.False(await _database.UseAsync<DatabaseLease, bool>(x => x.RenewAsync(old, Long, default)));
        await UseAsync(leases => leases.ReleaseAsync(old, default));
        Assert.True(await _database.UseAsync<DatabaseLease, bool>(x => x.RenewAsync(young, Long, default)));
    }

    [SkippableFact]
    public async Task AnExpiredLease_IsNotRenewed_EvenWhenNobodyTookIt()
    {
        var grant = (await AcquireAsync("a"))!.Value;
        await ExpireAsync();

        Assert.False(await _database.UseAsync<DatabaseLease, bool>(x => x.RenewAsync(grant, Long, default)));
    }

    [SkippableFact]
    public async Task AFencedWrite_IsNotRun_OnceTheLeaseIsAnothers()
    {
        var old = (await AcquireAsync("a"))!.Value;
        Assert.Equal(1, await WriteAsync(old));
        await ExpireAsync();
        var young = (await AcquireAsync("b"))!.Value;

        Assert.Null(await WriteAsync(old));
        Assert.Equal(1, await WriteAsync(young));
    }

    private Task<LeaseGrant?> AcquireAsync(string holder) =>
        _database.UseAsync<DatabaseLease, LeaseGrant?>(x => x.TryAcquireAsync(Name, holder, Long, default));

    private Task UseAsync(Func<DatabaseLease, Task> use) => _database.UseAsync(use);

    private Task<int?> WriteAsync(LeaseGrant grant) => _database.UseAsync<DatabaseLease, int?>(x => x.WriteFencedAsync(
        grant,
        (engine, db) => engine
            .Statement(db, "UPDATE change_log_head SET next_position = next_position WHERE id = 1").ExecuteAsync(default),
        default));

    private Task ExpireAsync() => _database.SaveAsync(db => db.Leases.Single().ExpiresAtMs = 1);
}
