using System.Buffers;
using System.Text.Json;
using Garm.Contracts.Json;

namespace Garm.Host.Http;

/// <summary>
/// 200 and a JSON list that is never completely in memory: each page is written and accepted by the client before the next one is read.
/// A list of one page has a Content-Length, as other answers have. A failure before the first byte becomes an ordinary error
/// answer; after it the connection is aborted, so that no client takes a partial list for a complete one.
/// </summary>
internal sealed class JsonPages<T>(IAsyncEnumerable<IReadOnlyList<T>> pages) : IResult
{
    private static readonly JsonWriterOptions Options = new() { Encoder = GarmJson.Options.Encoder, SkipValidation = true };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var page = pages.GetAsyncEnumerator(httpContext.RequestAborted);
        IReadOnlyList<T> first = await page.MoveNextAsync() ? page.Current : [];
        var isMore = first.Count > 0 && await page.MoveNextAsync();
        if (!isMore)
        {
            await ApiResponses.WriteJsonAsync(httpContext, GarmJson.ToUtf8(first));
            return;
        }

        httpContext.Response.ContentType = "application/json";
        var body = httpContext.Response.BodyWriter;
        await using var json = new Utf8JsonWriter(body, Options);
        body.Write("["u8);
        Write(first, json, body, isFirst: true);
        do
        {
            var taken = await body.FlushAsync(httpContext.RequestAborted);
            if (taken.IsCompleted) return;
            Write(page.Current, json, body, isFirst: false);
        }
        while (await page.MoveNextAsync());

        body.Write("]\n"u8);
        await body.FlushAsync(httpContext.RequestAborted);
    }

    private static void Write(IReadOnlyList<T> rows, Utf8JsonWriter json, IBufferWriter<byte> body, bool isFirst)
    {
        foreach (var row in rows)
        {
            if (!isFirst) body.Write(","u8);
            isFirst = false;
            JsonSerializer.Serialize(json, row, GarmJson.Options);
            json.Flush();
            json.Reset();
        }
    }
}
