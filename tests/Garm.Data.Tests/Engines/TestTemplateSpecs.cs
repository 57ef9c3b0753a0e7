using Xunit;

namespace Garm.Data.Tests.Engines;

public sealed class TestTemplateSpecs
{
    [Fact]
    public async Task AnAttemptThatRanOutOfTime_IsMadeAgain_AndTheResultIsShared()
    {
        var attempts = 0;
        var template = new TestTemplate(() => ++attempts < 3 ? throw new TimeoutException() : Task.FromResult($"made by {attempts}"));

        var all = await Task.WhenAll(template.GetAsync(), template.GetAsync());

        Assert.Equal(["made by 3", "made by 3"], all);
    }

    [Fact]
    public async Task AFailure_IsNotKept()
    {
        var attempts = 0;
        var template = new TestTemplate(() => ++attempts == 1 ? throw new InvalidOperationException() : Task.FromResult("made"));

        await Assert.ThrowsAsync<InvalidOperationException>(template.GetAsync);

        Assert.Equal("made", await template.GetAsync());
    }
}
