namespace Garm.Host.Fronts;

/// <summary>
/// Stands before everything that the hub asks of a request. A request for the host of a source is that server's: it is passed on, but for
/// the events, which the hub answers for that source alone.
/// </summary>
internal sealed class FrontRouting(RequestDelegate next, SourceFronts fronts, FrontForwarder forwarder)
{
    private const string EventSocket = "/api/v1/ws/events";

    // GARM has none of these.
    private static readonly HashSet<string> OwnEvents =
        new(["/api/v1/events", "/api/v1/events/stream", "/api/v1/snapshot"], StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext context)
    {
        if (fronts.Find(context.Request.Host) is not { } front) return next(context);
        if (!IsAnsweredHere(context.Request)) return forwarder.PassOnAsync(context, front);
        context.Features.Set(front);
        return next(context);
    }

    // GARM answers what else is asked of its event socket, such as another method.
    private static bool IsAnsweredHere(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        if (path.EndsWith('/')) path = path[..^1];
        return (path == EventSocket && HttpMethods.IsGet(request.Method))
            || (OwnEvents.Contains(path) && (HttpMethods.IsGet(request.Method) || HttpMethods.IsOptions(request.Method)));
    }
}
