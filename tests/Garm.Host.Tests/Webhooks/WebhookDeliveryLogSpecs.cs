using Garm.Host.Webhooks;

namespace Garm.Host.Tests.Webhooks;

public sealed class WebhookDeliveryLogSpecs
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(100, 1)]
    [InlineData(300, 3)]
    [InlineData(500, 5)]
    public void InABurst_AHundredRowsASecondAreStored_ButEachFiveSeconds(int stored, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), WebhookDeliveryLog.PauseAfter(stored));
}
