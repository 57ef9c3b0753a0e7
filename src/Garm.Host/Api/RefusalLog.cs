using Garm.Data;
using Garm.Host.Logs;

namespace Garm.Host.Api;

/// <summary>Logs refusals that concern the operator.</summary>
internal static class RefusalLog
{
    /// <summary>Logs a refusal that has an inner exception; others are the client's errors.</summary>
    public static void TellCause(this ILogger logger, HttpContext context, GarmException refusal)
    {
        if (refusal.InnerException is { } cause)
            logger.LogWarning(HostLogEvents.WriteContended, cause, "{Method} {Path} was given up", context.Request.Method, context.Request.Path);
    }
}
