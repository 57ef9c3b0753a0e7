using System.Text;
using Garm.Actors.SourceTokens;

namespace Garm.Host.Fronts;

/// <summary>The hub's answers to requests for a source's server.</summary>
internal static class FrontAnswers
{
    /// <summary>502 and a plain text: the server does not answer.</summary>
    /// <param name="context">The request; its answer may not have started.</param>
    /// <param name="front">The source.</param>
    /// <param name="reason">Why.</param>
    public static async Task WriteUnreachedAsync(HttpContext context, SourceFront front, string reason)
    {
        context.Response.StatusCode = StatusCodes.Status502BadGateway;
        context.Response.ContentType = "text/plain; charset=utf-8";
        var text = Encoding.UTF8.GetBytes(front.Unreached(reason));
        context.Response.ContentLength = text.Length;
        await context.Response.Body.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>What the server said when it was asked about the request's token.</summary>
    public static async Task WriteAsync(HttpContext context, ServerAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}
