using Garm.Host.WebSockets;
using Xunit;

namespace Garm.Host.Tests.Events;

public sealed class OriginPolicySpecs
{
    [Theory]
    [InlineData(null, "garm.example.com", true)]
    [InlineData("http://garm.example.com", "garm.example.com", true)]
    [InlineData("https://garm.example.com", "garm.example.com", true)]
    [InlineData("https://GARM.example.com", "garm.EXAMPLE.com", true)]
    [InlineData("http://garm.example.com/", "garm.example.com", true)]
    [InlineData("http://127.0.0.1:9997", "127.0.0.1:9997", true)]
    [InlineData("http://[::1]:9997", "[::1]:9997", true)]
    [InlineData("http://127.0.0.1:9998", "127.0.0.1:9997", false)]
    [InlineData("http://127.0.0.1", "127.0.0.1:9997", false)]
    [InlineData("http://garm.example.com:80", "garm.example.com", false)]
    [InlineData("http://elsewhere.example.com", "garm.example.com", false)]
    [InlineData("http://garm.example.com.evil.example", "garm.example.com", false)]
    [InlineData("http://garm.example.com@evil.example", "garm.example.com", false)]
    [InlineData("http://evil.example/?garm.example.com", "garm.example.com", false)]
    [InlineData("http://evil.example#garm.example.com", "garm.example.com", false)]
    [InlineData("garm.example.com", "garm.example.com", false)]
    [InlineData("null", "garm.example.com", false)]
    [InlineData("null", "null", false)]
    [InlineData("", "garm.example.com", false)]
    [InlineData("", "", false)]
    [InlineData("http://", "", false)]
    public void Compares_the_origin_with_the_host(string? origin, string host, bool allowed) =>
        Assert.Equal(allowed, new OriginPolicy([]).Allows(origin, host));

    [Theory]
    [InlineData("https://dash.example.com", true)]
    [InlineData("https://DASH.example.com", true)]
    [InlineData("http://dash.example.com", false)]
    [InlineData("https://dash.example.com:8443", false)]
    [InlineData("https://other.example.com:8443", true)]
    [InlineData("https://sub.dash.example.com", false)]
    [InlineData("null", false)]
    public void Lets_configured_origins_in(string origin, bool allowed)
    {
        var policy = new OriginPolicy(["https://dash.example.com/", "https://other.example.com:8443"]);
        Assert.Equal(allowed, policy.Allows(origin, "garm.example.com"));
    }

    [Theory]
    [InlineData("https://anything.example", true)]
    [InlineData("null", false)]
    [InlineData("", false)]
    public void Lets_every_origin_in_for_a_star_but_the_opaque_one(string origin, bool allowed) =>
        Assert.Equal(allowed, new OriginPolicy(["*"]).Allows(origin, "garm.example.com"));
}
