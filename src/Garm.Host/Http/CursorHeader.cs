using Garm.Data.Writes;
using Garm.Log;

namespace Garm.Host.Http;

/// <summary>Adds the log position of a write's last change to its answer, so that a client can wait until its stream has reached it.</summary>
internal static class CursorHeader
{
    /// <summary>The header's name.</summary>
    public const string Name = "Garm-Cursor";

    /// <summary>Puts the header on the answer, if the request turns out to have written.</summary>
    public static void Tell(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) return;
        context.Response.OnStarting(() =>
        {
            if (context.RequestServices.GetRequiredService<UnitOfWork>().LastWrite is { } head)
                context.Response.Headers[Name] = EventCursor.Encode(head);
            return Task.CompletedTask;
        });
    }
}
