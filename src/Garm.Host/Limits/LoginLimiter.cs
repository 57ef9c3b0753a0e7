using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Garm.Data;

namespace Garm.Host.Limits;

/// <summary>
/// Slows down guessing of passwords. Only failures count, so programs that log in often are not limited. They count for the address
/// and for the user's name. An address from which the user has logged in before has a separate count for that name, so that
/// guesses from elsewhere do not lock the user out.
/// </summary>
internal sealed class LoginLimiter : IDisposable
{
    private const int LongestName = 256;

    private readonly PartitionedRateLimiter<string> _byName;
    private readonly PartitionedRateLimiter<string> _byAddress;
    private readonly KnownAddresses _known = new(capacity: 10_000);

    // Checking a password takes a processor for a tenth of a second. The number of parallel checks equals the number of processors,
    // so a burst of guesses is not checked before the first failure counts.
    private readonly SemaphoreSlim _checks = new(Environment.ProcessorCount);

    public LoginLimiter(LoginOptions options)
    {
        _byName = Create(options.FailuresPerUser, options.Window);
        _byAddress = Create(options.FailuresPerAddress, options.Window);
    }

    /// <summary>Runs the login unless there were too many failures.</summary>
    /// <param name="username">The user's name, as the client wrote it.</param>
    /// <param name="address">The client's address.</param>
    /// <param name="login">Throws <see cref="GarmException"/> of the kind <see cref="RefusalKind.Unauthorized"/> when it fails.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="TooManyAttemptsException">The login was not tried.</exception>
    public async Task<T> RunAsync<T>(string? username, IPAddress? address, Func<Task<T>> login, CancellationToken cancellation)
    {
        var place = PlaceOf(address);
        var user = NameOf(username);
        await _checks.WaitAsync(cancellation);
        try
        {
            var name = _known.Contains(user, place) ? $"{user} at {place}" : user;
            Check(_byAddress, place);
            Check(_byName, name);
            try
            {
                var result = await login();
                _known.Add(user, place);
                return result;
            }
            catch (GarmException e) when (e.Kind == RefusalKind.Unauthorized)
            {
                _byAddress.AttemptAcquire(place).Dispose();
                _byName.AttemptAcquire(name).Dispose();
                throw;
            }
        }
        finally
        {
            _checks.Release();
        }
    }

    public void Dispose()
    {
        _byName.Dispose();
        _byAddress.Dispose();
        _checks.Dispose();
    }

    private static PartitionedRateLimiter<string> Create(int failures, TimeSpan window) =>
        PartitionedRateLimiter.Create<string, string>(key => failures == 0
            ? RateLimitPartition.GetNoLimiter(key)
            : RateLimitPartition.GetFixedWindowLimiter(
                key, _ => new FixedWindowRateLimiterOptions { PermitLimit = failures, Window = window }));

    // A lease of zero permits shows whether a permit is left.
    private static void Check(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key, permitCount: 0);
        if (lease.IsAcquired) return;
        throw new TooManyAttemptsException(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1));
    }

    // No user has so long a name, and the limiter must not keep megabytes of it.
    private static string NameOf(string? username) => username is null or { Length: > LongestName } ? "" : username.ToUpperInvariant();

    // A client with one IPv6 address usually has the whole /64.
    private static string PlaceOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}

/// <summary>Too many logins failed: 429.</summary>
internal sealed class TooManyAttemptsException(TimeSpan retryAfter) : Exception("too many failed logins")
{
    /// <summary>When it may be tried again, in whole seconds, at least one.</summary>
    public int RetryAfterSeconds { get; } = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds));
}
