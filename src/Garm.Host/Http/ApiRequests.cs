using System.Globalization;
using System.Text.Json;
using Garm.Contracts.Json;
using Garm.Data;

namespace Garm.Host.Http;

/// <summary>Reads requests with GARM's rules and messages.</summary>
internal static class ApiRequests
{
    private const string Invalid = "invalid request";

    /// <summary>The longest accepted body, in bytes.</summary>
    internal const int MaxBody = 8 * 1024 * 1024;

    private const string TooLong = "the request's body is too long: at most 8 MiB are accepted";

    /// <summary>
    /// A service of the request's scope. Handlers in generic methods use it instead of a parameter: the compiler makes no binding code for a
    /// handler with a generic parameter (RDG011), so it would be made at every start.
    /// </summary>
    public static T Service<T>(this HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();

    /// <summary>
    /// The body's first JSON value, whatever the content type; the rest of the body is ignored. JSON <c>null</c> is an
    /// empty object.
    /// </summary>
    /// <exception cref="GarmException">
    /// 400 <c>invalid request</c>: invalid JSON, a value of the wrong type, an invalid text (with the field's name); 400: too long.
    /// </exception>
    public static async Task<T> ReadJsonAsync<T>(this HttpContext context)
        where T : new()
    {
        var body = await ReadBodyAsync(context, TooLong);
        try
        {
            return ReadFirst<T>(body);
        }
        catch (JsonTextException e)
        {
            throw GarmException.BadRequest($"{Invalid}: {e.Describe()}");
        }
        catch (JsonException)
        {
            throw GarmException.BadRequest(Invalid);
        }
    }

    /// <summary>A path segment that must be a number.</summary>
    /// <exception cref="GarmException">400 <c>invalid request</c>.</exception>
    public static long NumberOrRefuse(string segment) =>
        uint.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw GarmException.BadRequest(Invalid);

    /// <summary>A flag of the query, parsed as in Go: any value that is not true is false.</summary>
    public static bool Flag(this HttpRequest request, string name) => request.Query.Flag(name);

    /// <inheritdoc cref="Flag(HttpRequest, string)"/>
    public static bool Flag(this IQueryCollection query, string name) =>
        query[name].FirstOrDefault() is "1" or "t" or "T" or "true" or "TRUE" or "True";

    /// <summary>
    /// A path segment that must be a 64-bit number. A number outside the range of keys is valid, but matches no row.
    /// </summary>
    /// <param name="segment">The segment.</param>
    /// <param name="refusal">The message when it is not a number.</param>
    /// <exception cref="GarmException">400.</exception>
    public static long KeyOrRefuse(string segment, string refusal = Invalid) =>
        ulong.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? (long)Math.Min(key, long.MaxValue)
            : throw GarmException.BadRequest(refusal);

    private static T ReadFirst<T>(byte[] body)
        where T : new()
    {
        var reader = new Utf8JsonReader(body);
        return JsonSerializer.Deserialize<T>(ref reader, GarmJson.Requests) ?? new T();
    }

    /// <summary>The whole body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="refusal">The message when the body is too long.</param>
    /// <exception cref="GarmException">400: the body is too long.</exception>
    public static async Task<byte[]> ReadBodyAsync(HttpContext context, string refusal)
    {
        // Checked before reading: the server would refuse a longer body with its own message.
        if (context.Request.ContentLength > MaxBody) throw GarmException.BadRequest(refusal);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
        {
            if (buffer.Length + read > MaxBody) throw GarmException.BadRequest(refusal);
            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
