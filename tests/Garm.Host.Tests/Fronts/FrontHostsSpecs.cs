using Garm.Host.Fronts;
using Garm.Log.Sources;
using Microsoft.AspNetCore.Http;

namespace Garm.Host.Tests.Fronts;

/// <summary>Which requests are for a source's server.</summary>
public sealed class FrontHostsSpecs
{
    private readonly SourceFronts _fronts = new();
    private long _reading;

    [Theory]
    [InlineData("garm.example.com", "garm.example.com")]
    [InlineData("garm.example.com", "GARM.Example.Com")]
    [InlineData("garm.example.com", "garm.example.com:8443")]
    [InlineData("garm.example.com", "garm.example.com.")]
    [InlineData("garm.example.com", "garm.example.com.:80")]
    [InlineData("garm.example.com:8443", "garm.example.com:8443")]
    [InlineData("10.0.0.5", "10.0.0.5:9997")]
    [InlineData("[::1]", "[::1]")]
    [InlineData("[::1]", "[::1]:9997")]
    [InlineData("[::1]:9997", "[0:0:0:0:0:0:0:1]:9997")]
    [InlineData("[2001:db8:0:0:0:0:0:1]", "[2001:DB8::1]:80")]
    public void AHost_IsTheSources(string set, string asked)
    {
        Read(Source("east", set));

        Assert.Equal("east", NameOf(asked));
    }

    [Theory]
    [InlineData("garm.example.com", "example.com")]
    [InlineData("garm.example.com", "a.garm.example.com")]
    [InlineData("garm.example.com", "garm.example.com.evil.example")]
    [InlineData("garm.example.com:8443", "garm.example.com")]
    [InlineData("garm.example.com:8443", "garm.example.com:8444")]
    [InlineData("[::1]", "[::2]")]
    [InlineData("[::1]", "[::1")]
    [InlineData("[::1]", "]")]
    [InlineData("garm.example.com", ":80")]
    [InlineData("garm.example.com", "")]
    public void AnotherHost_IsTheHubs(string set, string asked)
    {
        Read(Source("east", set));

        Assert.Null(NameOf(asked));
    }

    [Fact]
    public void AHostWithItsPort_WinsOverTheSameWithout()
    {
        Read(Source("any", "garm.example.com"), Source("one", "garm.example.com:8443"));

        Assert.Equal("one", NameOf("garm.example.com:8443"));
        Assert.Equal("any", NameOf("garm.example.com:80"));
    }

    [Fact]
    public void ASourceThatIsDisabledOrRemoved_IsNotStoodInFrontOf()
    {
        Read(Source("east", "a") with { IsEnabled = false }, Source("west", "b") with { IsLeaving = true });

        Assert.Null(NameOf("a"));
        Assert.Null(NameOf("b"));
    }

    [Fact]
    public void AChange_TakesEffect_AndKeepsTheConnectionsOfAnUnchangedServer()
    {
        var source = Source("east", "a");
        Read(source);
        var before = _fronts.Find(source.Id)!;

        Read(source with { Revision = 2, Hosts = ["b"] });
        Assert.Null(NameOf("a"));
        Assert.Same(before.Connection, _fronts.Find(source.Id)!.Connection);

        Read(source with { Revision = 3, Hosts = ["b"], Url = "http://127.0.0.1:2" });
        Assert.NotSame(before.Connection, _fronts.Find(source.Id)!.Connection);

        Read();
        Assert.Null(NameOf("b"));
        Assert.Null(_fronts.Find(source.Id));
    }

    [Fact]
    public void WhatWasReadEarlierAndComesLater_IsPassedOver()
    {
        var source = Source("east", "new") with { Revision = 2 };
        _fronts.OnSources(2, [source]);

        _fronts.OnSources(1, [source with { Revision = 1, Hosts = ["old"] }]);

        Assert.Equal("east", NameOf("new"));
        Assert.Null(NameOf("old"));
    }

    private static SourceSettings Source(string name, params string[] hosts) =>
        new(Guid.NewGuid(), name, 1) { Url = "http://127.0.0.1:1", IsEnabled = true, Hosts = hosts };

    private void Read(params SourceSettings[] sources) => _fronts.OnSources(++_reading, sources);

    private string? NameOf(string host) => _fronts.Find(new HostString(host))?.Name;
}
