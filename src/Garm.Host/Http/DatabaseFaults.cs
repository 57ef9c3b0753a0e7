using Garm.Data;
using Garm.Data.Engines;

namespace Garm.Host.Http;

/// <summary>The answers to database errors of a known kind.</summary>
internal static class DatabaseFaults
{
    /// <summary>507 when the database is full, 503 when it is read-only, damaged or unreachable; null for any other failure.</summary>
    public static ApiError? AnswerOf(HttpContext context, Exception failure)
    {
        var engine = context.RequestServices.GetRequiredService<DatabaseEngine>();
        return engine.WriteObstacleOf(failure) switch
        {
            WriteObstacle.OutOfSpace => ApiError.Of(GarmException.OutOfSpace(WriteObstacle.OutOfSpace.Words())),
            { } obstacle => ApiError.Of(GarmException.Unavailable(obstacle.Words())),
            null when engine.IsTransient(failure) => ApiError.Of(GarmException.Unavailable("the database does not answer")),
            null => null,
        };
    }
}
