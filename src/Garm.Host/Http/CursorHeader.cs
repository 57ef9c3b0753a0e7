using Garm.Data.Writes;
using Garm.Log;

namespace Garm.Host.Http;

/// <summary>
/// Sets the position of a write's last change as a header of its answer, so that a client can wait until its stream has reached it.
/// One instance serves one request.
/// </summary>
internal sealed class CursorHeader : IWriteObserver
{
    /// <summary>The header's name.</summary>
    public const string Name = "Garm-Cursor";

    private HttpResponse? _answer;

    /// <summary>Makes the writes of a request set the header on its answer; reads do not set it.</summary>
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
