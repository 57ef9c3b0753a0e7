using Garm.Actors.Sessions;
using Garm.Actors.Users;
using Garm.Host.Authentication;
using Microsoft.AspNetCore.Http.Features;

namespace Garm.Host.Api;

/// <summary>Who asks for events: a user of the hub, or of a source's server.</summary>
internal static class EventCaller
{
    /// <summary>What the request's token grants.</summary>
    public static SessionGrant GrantOf(HttpContext context)
    {
        if (context.Features.Get<SessionGrant>() is { } granted) return granted; // By a source's server.
        var caller = context.Features.GetRequiredFeature<Caller>();
        return new SessionGrant(new UserId(caller.Access.UserId), caller.Access.Generation, caller.ExpiresAt) { Username = caller.Access.Username };
    }

    /// <summary>The source whose entities are all that the request's user may see; null for no such limit.</summary>
    public static string? SourceOf(HttpContext context) => context.Features.Get<SessionGrant>()?.Source?.Source;
}
