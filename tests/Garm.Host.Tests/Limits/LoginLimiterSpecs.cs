using System.Net;
using Garm.Data;
using Garm.Host.Limits;
using Garm.TestUtilities;
using Xunit;

namespace Garm.Host.Tests.Limits;

public sealed class LoginLimiterSpecs : IDisposable
{
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Elsewhere = IPAddress.Parse("198.51.100.7");

    private readonly LoginLimiter _limiter = new(new LoginOptions { FailuresPerUser = 2, FailuresPerAddress = 4, Window = TimeSpan.FromHours(1) });

    public void Dispose() => _limiter.Dispose();

    [Fact]
    public async Task Successes_DoNotCount()
    {
        for (var i = 0; i < 20; i++) Assert.Equal("in", await LoginAsync("admin", Home));
    }

    [Fact]
    public async Task ARefusal_TellsWhenToTryAgain_AndDoesNotLookAtThePassword()
    {
        await FailAsync("admin", Home, times: 2);
        var looked = false;

        var refusal = await Assert.ThrowsAsync<TooManyAttemptsException>(() => _limiter.RunAsync(
            "admin", Home, () => Task.FromResult(looked = true), default));

        Assert.InRange(refusal.RetryAfterSeconds, 3000, 3600);
        Assert.False(looked);
    }

    [Fact]
    public async Task GuessesAtOneName_FromManyAddresses_AreRefused_HoweverItIsWritten()
    {
        await FailAsync("admin", Home);
        await FailAsync("Admin", Elsewhere);

        await Assert.ThrowsAsync<TooManyAttemptsException>(() => LoginAsync("ADMIN", IPAddress.Parse("203.0.113.9")));
        Assert.Equal("in", await LoginAsync("operator", Home));
    }

    [Fact]
    public async Task AStranger_DoesNotLockOut_AnAddressFromWhichTheUserCame()
    {
        await LoginAsync("admin", Home);
        await FailAsync("admin", Elsewhere, times: 2);

        await Assert.ThrowsAsync<TooManyAttemptsException>(() => LoginAsync("admin", Elsewhere));
        Assert.Equal("in", await LoginAsync("admin", Home));
    }

    [Fact]
    public async Task AKnownAddress_MayNotGuessWithoutEnd()
    {
        await LoginAsync("admin", Home);
        await FailAsync("admin", Home, times: 2);

        await Assert.ThrowsAsync<TooManyAttemptsException>(() => LoginAsync("admin", Home));
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::ffff:2")]
    public async Task GuessesAtManyNames_FromOneAddress_AreRefused(string address, string sameAddress)
    {
        for (var i = 0; i < 4; i++) await FailAsync($"user{i}", IPAddress.Parse(address));

        await Assert.ThrowsAsync<TooManyAttemptsException>(() => LoginAsync("another", IPAddress.Parse(sameAddress)));
        Assert.Equal("in", await LoginAsync("another", Elsewhere));
    }

    [Fact]
    public async Task OtherErrors_DoNotCount()
    {
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<GarmException>(() => _limiter.RunAsync<int>("admin", Home, () => throw GarmException.BadRequest("x"), default));

        Assert.Equal("in", await LoginAsync("admin", Home));
    }

    [Fact]
    public async Task GuessesAtOnce_AreNotAllLookedAt_BeforeTheFirstFailureCounts()
    {
        var looked = 0;
        var guesses = Enumerable.Range(0, 200).Select(_ => Assert.ThrowsAnyAsync<Exception>(() => _limiter.RunAsync<int>("admin", Home, async () =>
        {
            Interlocked.Increment(ref looked);
            await Task.Yield();
            throw GarmException.Unauthorized();
        }, default)));

        await Task.WhenAll(guesses);

        Assert.InRange(looked, 2, 2 + Environment.ProcessorCount);
    }

    [Fact]
    public async Task AfterTheWindow_ItMayBeTriedAgain()
    {
        using var limiter = new LoginLimiter(new LoginOptions { FailuresPerUser = 1, Window = TimeSpan.FromMilliseconds(100) });
        await Assert.ThrowsAsync<GarmException>(() => limiter.RunAsync<int>("admin", Home, () => throw GarmException.Unauthorized(), default));

        await Retry.UntilAsync("the window is over", async () =>
        {
            try
            {
                return await limiter.RunAsync("admin", Home, () => Task.FromResult(true), default);
            }
            catch (TooManyAttemptsException)
            {
                return false;
            }
        }, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Zero_IsNoLimit()
    {
        using var limiter = new LoginLimiter(new LoginOptions { FailuresPerUser = 0, FailuresPerAddress = 0 });
        for (var i = 0; i < 100; i++)
            await Assert.ThrowsAsync<GarmException>(() => limiter.RunAsync<int>("admin", Home, () => throw GarmException.Unauthorized(), default));
    }

    private Task<string> LoginAsync(string user, IPAddress address) => _limiter.RunAsync(user, address, () => Task.FromResult("in"), default);

    private async Task FailAsync(string user, IPAddress address, int times = 1)
    {
        for (var i = 0; i < times; i++)
            await Assert.ThrowsAsync<GarmException>(() => _limiter.RunAsync<int>(user, address, () => throw GarmException.Unauthorized(), default));
    }
}
