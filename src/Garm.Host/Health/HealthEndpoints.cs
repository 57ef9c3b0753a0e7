namespace Garm.Host.Health;

/// <summary><c>/healthz</c> and <c>/readyz</c>.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("alive\n"));
        routes.MapGet("/readyz", async (Readiness readiness, CancellationToken cancellation) =>
            await readiness.FindObstacleAsync(cancellation) is { } obstacle
                ? Results.Text($"not ready: {obstacle}\n", statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Text("ready\n"));
    }
}
