using Garm.Data.Writes;
using Garm.Log;

namespace Garm.Host.Http;

/// <summary>
/// Puts on the answer to a write where in the log its last change is, so that a client can wait until its stream is there.
/// One instance serves one request.
/// </summary>
internal sealed class CursorHeader : IWriteObserver
{
    /// <summary>The header's name.</summary>
    public const string Name = "Garm-Cursor";

    private HttpResponse? _answer;

    /// <summary>Has the writes of a request put the header on its answer; reads have no such header.</summary>
    public static void Observe(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) return;
        context.RequestServices.GetRequiredService<CursorHeader>()._answer = context.Response;
    }

    /// <inheritdoc/>
    public void Committed(LogPlace place)
    {
        if (_answer is { HasStarted: false } answer) answer.Headers[Name] = EventCursor.Encode(place);
    }
}
