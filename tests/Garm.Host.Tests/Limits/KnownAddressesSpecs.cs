using Garm.Host.Limits;
using Xunit;

namespace Garm.Host.Tests.Limits;

public sealed class KnownAddressesSpecs
{
    [Fact]
    public void TheNewest_AreKept()
    {
        var known = new KnownAddresses(capacity: 2);
        foreach (var place in new[] { "a", "b", "b", "c" }) known.Add("admin", place);

        Assert.False(known.Contains("admin", "a"));
        Assert.True(known.Contains("admin", "b"));
        Assert.True(known.Contains("admin", "c"));
        Assert.False(known.Contains("operator", "c"));
    }
}
