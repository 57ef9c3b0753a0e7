using Microsoft.AspNetCore.Http.Features;

namespace Garm.Host.Api;

/// <summary>Reads uploads as streams.</summary>
internal static class FileUploads
{
    /// <summary>The body as a stream of any length; Content-Length is required.</summary>
    /// <exception cref="Data.GarmException">400: the length is missing, as in GARM.</exception>
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

    /// <summary>A query value that is a number from 0; any other value is ignored.</summary>
    public static long NumberOr(this IQueryCollection query, string name, long otherwise) =>
        long.TryParse(query[name].FirstOrDefault(), System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number
            : otherwise;
}
