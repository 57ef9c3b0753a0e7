using Garm.Actors.Changes;
using Garm.Actors.Tests.Support;
using Garm.Log;

namespace Garm.Actors.Tests.Changes;

public sealed class FormerEpochsSpecs
{
    private static readonly LogEpoch Third = new("00000000000000ff");

    private readonly FormerEpochs _former = new();

    [Theory]
    [InlineData(20, 10)] // It has seen changes that the copy does not have.
    [InlineData(10, 10)]
    [InlineData(7, 7)] // It had not reached the divergence point.
    public void APlace_ShouldGoOn_WhereTheHistoriesPart_OrWhereItWas(long place, long now)
    {
        _former.Part(Samples.Epoch, Samples.Head(10, Samples.OtherEpoch));

        Assert.Equal(Samples.Head(now, Samples.OtherEpoch), _former.PlaceNow(Samples.Head(place)));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(15, 10)]
    public void APlace_ShouldGoOn_WhereTheEarlierOfTwoPartingsWas(long secondParting, long now)
    {
        _former.Part(Samples.Epoch, Samples.Head(10, Samples.OtherEpoch));
        _former.Part(Samples.OtherEpoch, Samples.Head(secondParting, Third));

        Assert.Equal(Samples.Head(now, Third), _former.PlaceNow(Samples.Head(20)));
        Assert.Equal(Samples.Head(secondParting, Third), _former.PlaceNow(Samples.Head(20, Samples.OtherEpoch)));
    }

    [Fact]
    public void APlaceOfAHistoryThatWasNeverHere_ShouldGoOnNowhere() =>
        Assert.Null(_former.PlaceNow(Samples.Head(1)));
}
