using Microsoft.Net.Http.Headers;

namespace Garm.Host.Api;

/// <summary>
/// Answers <c>OPTIONS</c> before all other checks, as GARM does on every path. A page of another origin gets GARM's status,
/// and permission only if its origin is allowed (<see cref="CrossOrigin"/>).
/// </summary>
internal sealed class OptionsAnswers(RequestDelegate next, CrossOrigin crossOrigin)
{
    private static readonly HashSet<string> Methods =
        [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Options, HttpMethods.Delete];

    private static readonly HashSet<string> Headers = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Accept, HeaderNames.AcceptLanguage, HeaderNames.ContentLanguage, HeaderNames.Origin,
        HeaderNames.XRequestedWith, HeaderNames.ContentType, HeaderNames.Authorization,
    };

    private static readonly string AllMethods = string.Join(", ", Methods);
    private static readonly string AllHeaders = string.Join(", ", Headers);

    public Task InvokeAsync(HttpContext context)
    {
        var isAdmitted = crossOrigin.Admit(context);
        if (!HttpMethods.IsOptions(context.Request.Method)) return next(context);
        context.Response.StatusCode = StatusOf(context.Request.Headers);
        if (isAdmitted && context.Response.StatusCode == StatusCodes.Status200OK)
            CrossOrigin.Permit(context.Response, AllMethods, AllHeaders);
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
