using System.Security.Cryptography;
using Garm.Actors.Sessions;
using Garm.Actors.Users;
using Garm.Data.Secrets;
using Garm.Log.Users;
using Garm.WebConsole.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Garm.WebConsole.Tests.Access;

public sealed class AccessSpecs
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("/live?type=job", "/live?type=job")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    [InlineData("//evil.example.com", "/")]
    [InlineData("/\\evil.example.com", "/")]
    [InlineData("https://evil.example.com", "/")]
    [InlineData("/a\r\nSet-Cookie: x=y", "/")]
    public void ALogin_LeadsNowhereElse(string? given, string path) => Assert.Equal(path, LoginForms.SafePath(given));

    [Theory]
    [InlineData("http://hub:9997", null, true)]
    [InlineData("http://evil.example.com", null, false)]
    [InlineData("http://hub", null, false)]
    [InlineData(null, null, false)]
    [InlineData("null", null, false)]
    [InlineData("https://public.example.com", "same-origin", true)] // A proxy gave the hub another Host.
    [InlineData("http://hub:9997", "cross-site", false)]
    [InlineData(null, "none", false)]
    public void OnlyAPageOfTheHub_OpensACircuit(string? origin, string? site, bool isOwn)
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString("hub:9997");
        if (origin is not null) request.Headers.Origin = origin;
        if (site is not null) request.Headers["Sec-Fetch-Site"] = site;

        Assert.Equal(isOwn, ConsoleGate.IsFromOwnPage(request));
    }

    /// <summary>A page of one node may open its circuit, or send its form, at another one.</summary>
    [Fact]
    public void WhatOneNodeProtects_AnotherOneOpens_ForTheSamePurposeAlone()
    {
        var here = Protector("passphrase-of-the-hub", "circuits");
        byte[] secret = [1, 2, 3, 0, 255];

        Assert.Equal(secret, Protector("passphrase-of-the-hub", "circuits").Unprotect(here.Protect(secret)));
        Assert.Throws<CryptographicException>(() => Protector("passphrase-of-the-hub", "forms").Unprotect(here.Protect(secret)));
        Assert.Throws<CryptographicException>(() => Protector("another-passphrase-entirely", "circuits").Unprotect(here.Protect(secret)));
        Assert.Throws<CryptographicException>(() => here.Unprotect([1, 2, 3]));

        static IDataProtector Protector(string passphrase, string purpose) =>
            new SharedDataProtection(new SecretSealer(passphrase)).CreateProtector("console").CreateProtector(purpose);
    }

    [Fact]
    public void WhoIsSignedOut_IsToldWhy()
    {
        var user = new UserId(Guid.NewGuid());
        var grant = new SessionGrant(user, 3, Noon.AddHours(1));
        var access = new UserAccess(user.Value, Enabled: true, IsAdmin: true, Generation: 3);

        Assert.Contains("removed", ConsoleUser.ReasonOf(grant, null, Noon));
        Assert.Contains("disabled", ConsoleUser.ReasonOf(grant, access with { Enabled = false }, Noon));
        Assert.Contains("not an administrator", ConsoleUser.ReasonOf(grant, access with { IsAdmin = false }, Noon));
        Assert.Contains("new password", ConsoleUser.ReasonOf(grant, access with { Generation = 4 }, Noon));
        Assert.Contains("expired", ConsoleUser.ReasonOf(grant, access, Noon.AddHours(2)));
    }

    [Fact]
    public void ACaller_IsCarriedIntoTheCircuit_AsAnAdministratorAlone()
    {
        var grant = new SessionGrant(new UserId(Guid.NewGuid()), 3, Noon) { Username = "ops" };

        Assert.Equal(grant, ConsoleClaims.AdminOf(ConsoleClaims.Of(new ConsoleCaller(grant, IsAdmin: true))));
        Assert.Null(ConsoleClaims.AdminOf(ConsoleClaims.Of(new ConsoleCaller(grant, IsAdmin: false))));
        Assert.Null(ConsoleClaims.AdminOf(new System.Security.Claims.ClaimsPrincipal()));
    }
}
