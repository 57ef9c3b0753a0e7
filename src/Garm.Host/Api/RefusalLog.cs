using Garm.Data;
using Garm.Host.Logs;

namespace Garm.Host.Api;

/// <summary>Tells the operator of refusals that are not the client's affair alone.</summary>
internal static class RefusalLog
{
    /// <summary>Logs a refusal that has a cause; others are nobody's but the client's.</summary>
    public static void TellCause(this ILogger logger, HttpContext context, GarmException refusal)
    {
        if (refusal.InnerException is { } cause)
            logger.LogWarning(HostLogEvents.WriteContended, cause, "{Method} {Path} was given up", context.Request.Method, context.Request.Path);
    }
}
