using Garm.Golden.Comparing;
using static Garm.Golden.Tests.Recordings;

namespace Garm.Golden.Tests;

public sealed class EventComparerSpecs
{
    private readonly Comparer _comparer = new();

    [Fact]
    public void SameEvents_ShouldBeEqual() =>
        Assert.Empty(Differences(
            [Proxy("create", "a"), Proxy("update", "a")], [Proxy("create", "a"), Proxy("update", "a")]));

    [Fact]
    public void AnotherOrder_ShouldBeNoted()
    {
        Assert.Empty(Differences(
            [Proxy("create", "a"), Proxy("create", "b")], [Proxy("create", "b"), Proxy("create", "a")]));
        Assert.Contains(_comparer.TakeNotes(), note => note.Contains("another order", StringComparison.Ordinal));
    }

    [Fact]
    public void MissingEvent_ShouldDiffer() =>
        AssertDiffers([Proxy("create", "a"), Proxy("delete", "a")], [Proxy("create", "a")], "missing delete proxy");

    [Fact]
    public void SurplusEvent_ShouldDiffer() =>
        AssertDiffers([Proxy("create", "a")], [Proxy("create", "a"), Proxy("create", "a")], "unexpected create proxy");

    [Fact]
    public void EventTwiceInsteadOfTwoEvents_ShouldDiffer() =>
        AssertDiffers(
            [Proxy("create", "a"), Proxy("create", "b")], [Proxy("create", "a"), Proxy("create", "a")], "payload.name");

    [Fact]
    public void OtherPayload_ShouldSayWhatDiffers() =>
        AssertDiffers([Proxy("create", "a")], [Proxy("create", "b")], "events[0] (create proxy).payload.name");

    [Fact]
    public void OtherOperation_ShouldDiffer() =>
        AssertDiffers([Proxy("create", "a")], [Proxy("update", "a")], "missing create proxy");

    [Fact]
    public void OtherEntityType_ShouldDiffer() =>
        AssertDiffers(
            [Proxy("create", "a")],
            ["""{"entity-type":"template","operation":"create","payload":{"name":"a"}}"""],
            "missing create proxy");

    [Fact]
    public void SurplusKeyBesideThePayload_ShouldDiffer() =>
        AssertDiffers(
            [Proxy("create", "a")],
            ["""{"entity-type":"proxy","operation":"create","payload":{"name":"a"},"cursor":"1"}"""],
            "cursor: unexpected");

    [Fact]
    public void TextThatIsNoEvent_ShouldDiffer() => AssertDiffers([], ["\"the event socket ended\""], "ended");

    [Fact]
    public void OptionalEvent_MayBeMissing() =>
        Assert.Empty(Differences([Proxy("create", "a"), Proxy("update", "a")], [Proxy("create", "a")], optional: 1));

    [Fact]
    public void OptionalEvent_ShouldStillBeAsRecorded() =>
        Assert.NotEmpty(Differences(
            [Proxy("create", "a"), Proxy("update", "a")], [Proxy("create", "a"), Proxy("update", "b")], optional: 1));

    [Fact]
    public void OptionalEvent_ShouldNotTakeThePlaceOfARequiredOne() =>
        Assert.Empty(Differences([Proxy("update", "a"), Proxy("update", "a")], [Proxy("update", "a")], 0));

    [Theory]
    [InlineData("""{"name":"r","pool_manager_status":{"running":true},"updated_at":"2026"}""", null, true)]
    [InlineData("""{"name":"other","pool_manager_status":{},"updated_at":"2026-01-01T00:00:00Z"}""", null, false)]
    [InlineData("""{"name":"r"}""", null, true)]
    [InlineData("""{"name":"other"}""", "background", true)]
    [InlineData("""{"name":"other"}""", "request", false)]
    public void OnlyEventsOfThePoolManager_MayBeMissing(string payload, string? cause, bool mayBeMissing)
    {
        var step = new Scenarios.Step
        {
            Events = Elements(
                Repository("create", """{"name":"r","pool_manager_status":{},"updated_at":"2026-01-01T00:00:00Z"}"""),
                Repository("update", payload)),
            Causes = cause is null ? null : ["request", cause],
        };

        Assert.Equal(mayBeMissing, PoolManagerEvents.MayBeMissing(step, 1));
        Assert.False(PoolManagerEvents.MayBeMissing(step, 0));
    }

    [Fact]
    public void RepeatedUpdateOfAnythingElse_ShouldBeRequired()
    {
        var step = new Scenarios.Step { Events = Elements(Proxy("create", "a"), Proxy("update", "a")) };

        Assert.False(PoolManagerEvents.MayBeMissing(step, 1));
    }

    private static string Proxy(string operation, string name) =>
        $$$"""{"entity-type":"proxy","operation":"{{{operation}}}","payload":{"name":"{{{name}}}"}}""";

    private static string Repository(string operation, string payload) =>
        $$$"""{"entity-type":"repository","operation":"{{{operation}}}","payload":{{{payload}}}}""";

    private void AssertDiffers(string[] expected, string[] actual, string difference) => Assert.Contains(
        Differences(expected, actual), found => found.Contains(difference, StringComparison.Ordinal));

    private IReadOnlyList<string> Differences(string[] expected, string[] actual, int? optional = null) =>
        new EventComparer(_comparer).Differences(
            Elements(expected), Elements(actual), "events", i => i == optional);
}
