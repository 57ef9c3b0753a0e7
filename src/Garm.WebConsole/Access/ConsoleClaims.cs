using System.Globalization;
using System.Net;
using System.Security.Claims;
using Garm.Actors.Sessions;
using Garm.Actors.Users;

namespace Garm.WebConsole.Access;

/// <summary>Carries a caller from the request to the circuit that it opens.</summary>
internal static class ConsoleClaims
{
    private const string Scheme = "garm_token";
    private const string Generation = "generation";
    private const string Expiry = "expiry";
    private const string Address = "address";

    /// <summary>The caller, and the address that the request came from.</summary>
    public static ClaimsPrincipal Of(ConsoleCaller caller, IPAddress? address = null)
    {
        var grant = caller.Grant;
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, grant.UserId.ToString()),
            new(ClaimTypes.Name, grant.Username),
            new(Generation, grant.Generation.ToString(CultureInfo.InvariantCulture)),
        ];
        if (grant.ExpiresAt is { } end) claims.Add(new Claim(Expiry, end.UtcTicks.ToString(CultureInfo.InvariantCulture)));
        if (address is not null) claims.Add(new Claim(Address, (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()));
        if (caller.IsAdmin) claims.Add(new Claim(ClaimTypes.Role, "admin"));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme));
    }

    /// <summary>The address; empty where it is not known.</summary>
    public static string AddressOf(ClaimsPrincipal principal) => principal.FindFirstValue(Address) ?? "";

    /// <summary>The grant of an administrator; null for anybody else.</summary>
    public static SessionGrant? AdminOf(ClaimsPrincipal principal)
    {
        if (!principal.IsInRole("admin") || !Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var user)) return null;
        DateTimeOffset? end = long.TryParse(principal.FindFirstValue(Expiry), CultureInfo.InvariantCulture, out var ticks)
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;
        var generation = long.Parse(principal.FindFirstValue(Generation)!, CultureInfo.InvariantCulture);
        return new SessionGrant(new UserId(user), generation, end) { Username = principal.FindFirstValue(ClaimTypes.Name) ?? "" };
    }
}
