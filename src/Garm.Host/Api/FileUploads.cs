using Microsoft.AspNetCore.Http.Features;

namespace Garm.Host.Api;

/// <summary>Takes and gives files as streams.</summary>
internal static class FileUploads
{
    /// <summary>The body, however long it is; only the length that the client says is read.</summary>
    /// <exception cref="Data.GarmException">400: GARM asks for the length.</exception>
    public static Stream OpenUpload(this HttpContext context)
    {
        if (context.Request.ContentLength is null)
            throw Data.GarmException.BadRequest("missing Content-Length header in request");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        return context.Request.Body;
    }

    /// <summary>A request header's first value; empty when there is none.</summary>
    public static string Header(this HttpContext context, string name) =>
        context.Request.Headers.TryGetValue(name, out var values) ? values[0] ?? "" : "";

    /// <summary>A query value that is a number from 0 on; anything else counts as not given.</summary>
    public static long NumberOr(this IQueryCollection query, string name, long otherwise) =>
        long.TryParse(query[name].FirstOrDefault(), System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number
            : otherwise;
}
