using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Data.Webhooks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Webhooks;

/// <summary>The last deliveries of all nodes are stored, and no more.</summary>
public abstract class WebhookOutcomeSpecBase(TestEngine engine) : IAsyncLifetime
{
    private readonly TestDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task TheLastOnes_AreKept_TheNewestFirst_AndNoEventTellsOfThem()
    {
        for (var batch = 0; batch < 3; batch++) await KeepAsync(batch * 300, 300);

        var kept = await _database.UseAsync((WebhookOutcomeStore store) => store.ListAsync(WebhookOutcomeStore.Kept, null, default));
        Assert.Equal(Enumerable.Range(0, 500).Select(x => $"d-{899 - x}"), kept.Select(x => x.Id));
        Assert.Equal(500, await _database.ReadAsync(db => db.WebhookOutcomes.CountAsync()));
        Assert.Empty(_database.Commits.Kinds);
    }

    [SkippableFact]
    public async Task OnlySome_AreShown_WhenOnlySomeAreAskedFor()
    {
        await KeepAsync(0, 10);

        var some = await _database.UseAsync((WebhookOutcomeStore store) => store.ListAsync(2, WebhookOutcomeStore.Ignored, default));

        Assert.Equal(["d-9", "d-7"], some.Select(x => x.Id));
    }

    private Task KeepAsync(int first, int count) => _database.UseAsync((WebhookOutcomeStore store) => store.KeepAsync(
        [
            .. Enumerable.Range(first, count).Select(i => new WebhookOutcome
            {
                ReceivedAt = DateTime.UnixEpoch.AddSeconds(i),
                DeliveryId = $"d-{i}",
                Outcome = i % 2 == 0 ? WebhookOutcomeStore.Accepted : WebhookOutcomeStore.Ignored,
            }),
        ],
        default));
}
