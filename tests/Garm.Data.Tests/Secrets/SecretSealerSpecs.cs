using System.Security.Cryptography;
using System.Text;
using Garm.Data.Secrets;
using Garm.Data.Tests.Support;
using Xunit;

namespace Garm.Data.Tests.Secrets;

public sealed class SecretSealerSpecs
{
    private readonly SecretSealer _sealer = TestDatabase.Sealer;

    [Fact]
    public void ASealedSecret_Opens() => Assert.Equal("ghp_ünïcode", _sealer.Open(_sealer.Seal("ghp_ünïcode", "a"), "a"));

    [Fact]
    public void TheSameSecret_IsNeverSealedTheSameWay() =>
        Assert.NotEqual(_sealer.Seal("secret", "a"), _sealer.Seal("secret", "a"));

    [Fact]
    public void TheSecret_IsNotInTheSealedBytes() =>
        Assert.DoesNotContain("very-secret", Encoding.Latin1.GetString(_sealer.Seal("very-secret", "a")));

    [Fact]
    public void AnotherPurpose_DoesNotOpen() =>
        Assert.ThrowsAny<CryptographicException>(() => _sealer.Open(_sealer.Seal("secret", "a"), "b"));

    [Fact]
    public void AnotherPassphrase_DoesNotOpen() =>
        Assert.ThrowsAny<CryptographicException>(() => new SecretSealer("another passphrase").Open(_sealer.Seal("secret", "a"), "a"));

    [Fact]
    public void DamagedBytes_DoNotOpen()
    {
        var bytes = _sealer.Seal("secret", "a");
        bytes[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => _sealer.Open(bytes, "a"));
        Assert.ThrowsAny<CryptographicException>(() => _sealer.Open([], "a"));
    }

    [Fact]
    public void WhatAnotherPassphraseSealed_OpensWithIt_AndNothingNewIsSealedWithIt()
    {
        var former = new SecretSealer("the former passphrase");
        var rotated = new SecretSealer("the next passphrase", "the former passphrase", "the next passphrase");
        var old = former.Seal("secret", "a");

        Assert.Equal("secret", rotated.Open(old, "a"));
        Assert.False(rotated.IsCurrent(old, "a"));
        Assert.True(rotated.IsCurrent(rotated.Seal("secret", "a"), "a"));
        Assert.Null(former.TryOpen(rotated.Seal("secret", "a"), "a"));
        Assert.NotEqual(former.KeyId, rotated.KeyId);
    }
}
