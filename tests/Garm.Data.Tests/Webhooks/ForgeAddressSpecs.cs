using Garm.Data.Webhooks;
using Xunit;

namespace Garm.Data.Tests.Webhooks;

public sealed class ForgeAddressSpecs
{
    [Theory]
    [InlineData("https://h.example.com", "https://h.example.com/o/r/actions/runs/1/job/2")]
    [InlineData("https://h.example.com/", "https://h.example.com/o/r")]
    [InlineData("https://h.example.com//", "https://h.example.com/o/r")]
    [InlineData("https://H.Example.COM", "https://h.example.com/o/r")]
    [InlineData("https://h.example.com", "https://H.EXAMPLE.com/o/r")]
    [InlineData("https://h.example.com:443", "https://h.example.com/o/r")]
    [InlineData("http://h.example.com", "http://h.example.com:80/o/r")]
    [InlineData("https://h.example.com/git", "https://h.example.com/git/o/r")]
    [InlineData("https://h.example.com/git//", "https://h.example.com/git/o/r")]
    [InlineData("https://git.b\u00fccher.example", "https://git.xn--bcher-kva.example/o/r")]
    [InlineData("https://git.xn--bcher-kva.example", "https://git.B\u00dcCHER.example/o/r")]
    [InlineData("https://h.example.com.", "https://h.example.com/o/r")]
    [InlineData("http://[::1]:3000", "http://[0:0:0:0:0:0:0:1]:3000/o/r")]
    public void SamePlaces_AreTheSame(string forge, string job) =>
        Assert.True(ForgeAddress.Parse(forge)!.Holds(ForgeAddress.Parse(job)!));

    [Theory]
    [InlineData("https://h.example.com", "http://h.example.com/o/r")]
    [InlineData("https://h.example.com", "https://h.example.com:8443/o/r")]
    [InlineData("https://h.example.com", "https://x.example.com/o/r")]
    [InlineData("https://h.example.com/git", "https://h.example.com/gitea/o/r")]
    [InlineData("https://h.example.com/git", "https://h.example.com/Git/o/r")]
    [InlineData("https://h.example.com/git", "https://h.example.com/o/r")]
    public void OtherPlaces_AreOthers(string forge, string job) =>
        Assert.False(ForgeAddress.Parse(forge)!.Holds(ForgeAddress.Parse(job)!));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("h.example.com")]
    [InlineData("/o/r")]
    [InlineData("ftp://h.example.com")]
    public void WhatIsNoHttpUrl_IsNoPlace(string? text) => Assert.Null(ForgeAddress.Parse(text));
}
