using Garm.Contracts.Json;

namespace Garm.Host.Http;

/// <summary>Answers in GARM's format.</summary>
internal static class ApiResponses
{
    /// <summary>200 and JSON.</summary>
    public static IResult Json<T>(T value) => new JsonResult(GarmJson.ToUtf8(value));

    /// <summary>200 and a JSON list, written page by page.</summary>
    public static IResult Pages<T>(IAsyncEnumerable<IReadOnlyList<T>> pages) => new JsonPages<T>(pages);

    /// <summary>200, <c>application/json</c>, an empty body: GARM's answer to most deletions.</summary>
    public static IResult EmptyJson { get; } = new JsonResult(null);

    /// <summary>204 without a content type: GARM's answer to deletions of endpoints, credentials and files.</summary>
    public static IResult NoContent { get; } = Results.NoContent();

    /// <summary><c>[]</c>, for lists that are always empty here.</summary>
    public static IResult EmptyList { get; } = Json(Array.Empty<object>());

    /// <summary>A list that is <c>null</c> when it is empty, as in GARM.</summary>
    public static IResult JsonOrNull<T>(IReadOnlyList<T> list) => list.Count == 0 ? Json<object?>(null) : Json(list);

    /// <summary>The 404 outside the API, with the text of Go's server.</summary>
    public static Task PageNotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("404 page not found\n", context.RequestAborted);
    }

    /// <summary>Writes JSON and GARM's final line feed; the caller sets the status.</summary>
    public static async Task WriteJsonAsync(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length + 1;
        var writer = context.Response.BodyWriter;
        json.CopyTo(writer.GetSpan(json.Length + 1));
        writer.GetSpan(json.Length + 1)[json.Length] = (byte)'\n';
        writer.Advance(json.Length + 1);
        await writer.FlushAsync(context.RequestAborted);
    }

    private sealed class JsonResult(byte[]? json) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (json is not null) return WriteJsonAsync(httpContext, json);
            httpContext.Response.ContentType = "application/json";
            httpContext.Response.ContentLength = 0;
            return Task.CompletedTask;
        }
    }
}
