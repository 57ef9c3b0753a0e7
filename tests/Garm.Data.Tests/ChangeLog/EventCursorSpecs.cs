using Garm.Log;
using Xunit;

namespace Garm.Data.Tests.ChangeLog;

public sealed class EventCursorSpecs
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public void ACursor_ReadsBackAsItsPlace(long position)
    {
        var place = new LogPlace(LogEpoch.NewEpoch(), new LogPosition(position), new LogChain(position % LogChain.Prime));

        Assert.True(EventCursor.TryDecode(EventCursor.Encode(place), out var read));
        Assert.Equal(place, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public void Garbled_IsNoCursor(string text) => Assert.False(EventCursor.TryDecode(text, out _));

    [Fact]
    public void ACursor_NeedsNoEscapingInAUrl() =>
        Assert.Matches("^[A-Za-z0-9_-]+$", EventCursor.Encode(new LogPlace(new LogEpoch("ffffffffffffffff"), new LogPosition(1))));
}
