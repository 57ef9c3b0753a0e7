using Bunit;
using Garm.WebConsole.Fleet;
using Garm.WebConsole.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Garm.WebConsole.Tests.Components;

public sealed class PartSpecs : BunitContext
{
    [Fact]
    public void ASearch_IsTakenWhenTheTypingStops()
    {
        var time = new FakeTimeProvider();
        Services.AddSingleton<TimeProvider>(time);
        List<string> taken = [];
        var box = Render<SearchBox>(x => x.Add(p => p.ValueChanged, EventCallback.Factory.Create<string>(this, taken.Add)));

        box.Find("input").Input("a");
        time.Advance(TimeSpan.FromMilliseconds(200));
        box.Find("input").Input("ab");
        time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Empty(taken);
        time.Advance(TimeSpan.FromMilliseconds(100));
        box.WaitForAssertion(() => Assert.Equal(["ab"], taken));
    }

    [Fact]
    public void AHeader_SaysHowItOrders()
    {
        string? asked = null;
        var header = Render<SortHeader>(x => x
            .Add(p => p.Name, "Failed").Add(p => p.Key, "failed").Add(p => p.Sort, "failed").Add(p => p.IsDescending, true)
            .Add(p => p.OnSort, EventCallback.Factory.Create<string>(this, key => asked = key)));

        Assert.Equal("descending", header.Find("th").GetAttribute("aria-sort"));
        header.Find("button").Click();
        Assert.Equal("failed", asked);
    }

    [Theory]
    [InlineData(0.0, "0.0 s")]
    [InlineData(59.0, "59 s")]
    [InlineData(600.0, "10 min")]
    [InlineData(3_600.0, "1 h")]
    [InlineData(11_400.0, "3 h 10 min")]
    [InlineData(187_200.0, "2 d 4 h")]
    public void ASpan_IsSaidInOneOrTwoUnits(double seconds, string text) => Assert.Equal(text, AgeText.Of(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void ATimelinesAddress_HoldsWhateverIsInAnId() =>
        Assert.Equal("timeline?type=job&id=a%26b%3D%22&source=old", TimelineLink.Of("job", new FleetKey("old", "a&b=\"")));
}
