using Garm.Data.Tests.Support;
using Garm.Data.Tests.Writes;
using Xunit;

namespace Garm.Data.Tests.Webhooks;

/// <summary>
/// The number of statements of a delivery about a new job that EF Core makes; the append to the log takes three more. Deliveries come in bursts.
/// </summary>
public sealed class DeliveryBudgetSpecs : IAsyncLifetime
{
    private readonly EntityDatabase _entities;
    private readonly Deliveries _forge;
    private HeldEngine? _engine;

    public DeliveryBudgetSpecs()
    {
        _entities = new EntityDatabase(null, inner => _engine = new HeldEngine(inner));
        _forge = new Deliveries(_entities);
    }

    public async Task InitializeAsync()
    {
        await _entities.InitializeAsync();
        await _entities.CreatePoolAsync(await _entities.RepositoryIdAsync(), EntityDatabase.NewPool with { Enabled = true });
    }

    public Task DisposeAsync() => _entities.DisposeAsync();

    [Fact]
    public async Task ANewJob_IsLookedForOnce()
    {
        await _forge.TakeAsync("queued", 1);
        _engine!.Statements.Clear();
        _entities.Commits.Clear();

        await _forge.TakeAsync("queued", 2);

        // Endpoints with the entity, what is known of the job, tags, two inserts, and the entity again at the commit.
        Assert.Equal(["job create"], _entities.Commits.Kinds);
        Assert.True(_engine.Statements.Count == 6, $"{_engine.Statements.Count} statements:\n{string.Join("\n---\n", _engine.Statements)}");
    }
}
