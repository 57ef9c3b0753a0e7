using Microsoft.Net.Http.Headers;

namespace Garm.Host.Api;

/// <summary>
/// Answers <c>OPTIONS</c> before anything else is asked, as GARM does on every path. What a page of another origin wants to
/// know gets GARM's status and no permission: browsers then keep such pages from the API.
/// </summary>
internal sealed class OptionsAnswers(RequestDelegate next)
{
    private static readonly HashSet<string> Methods =
        [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Options, HttpMethods.Delete];

    private static readonly HashSet<string> Headers = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Accept, HeaderNames.AcceptLanguage, HeaderNames.ContentLanguage, HeaderNames.Origin,
        HeaderNames.XRequestedWith, HeaderNames.ContentType, HeaderNames.Authorization,
    };

    public Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsOptions(context.Request.Method)) return next(context);
        context.Response.StatusCode = StatusOf(context.Request.Headers);
        return Task.CompletedTask;
    }

    private static int StatusOf(IHeaderDictionary headers)
    {
        if (string.IsNullOrEmpty(headers.Origin.FirstOrDefault())) return StatusCodes.Status200OK;
        if (headers.AccessControlRequestMethod.Count == 0) return StatusCodes.Status400BadRequest;
        if (!Methods.Contains(headers.AccessControlRequestMethod[0] ?? "")) return StatusCodes.Status405MethodNotAllowed;
        var wanted = (headers.AccessControlRequestHeaders.FirstOrDefault() ?? "").Split(',', StringSplitOptions.TrimEntries);
        return Array.TrueForAll(wanted, x => x.Length == 0 || Headers.Contains(x))
            ? StatusCodes.Status200OK
            : StatusCodes.Status403Forbidden;
    }
}
