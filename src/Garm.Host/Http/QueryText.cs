using System.Net;
using System.Text;
using System.Text.Unicode;
using Garm.Data;

namespace Garm.Host.Http;

/// <summary>
/// Checks that a query is valid text. The framework leaves percent-encoded bytes that are not UTF-8 undecoded, which would make a text
/// that the client did not send. Some databases refuse a NUL character and others do not.
/// </summary>
internal static class QueryText
{
    /// <exception cref="GarmException">400, with the reason.</exception>
    public static void Check(QueryString query)
    {
        // Without percent signs the server accepts only printable ASCII.
        if (query.Value is not { Length: > 0 } text || !text.Contains('%')) return;
        var bytes = WebUtility.UrlDecodeToBytes(Encoding.UTF8.GetBytes(text), 0, Encoding.UTF8.GetByteCount(text));
        if (!Utf8.IsValid(bytes)) throw GarmException.BadRequest("invalid request: the query is not UTF-8");
        if (bytes.Contains((byte)0)) throw GarmException.BadRequest("invalid request: the query holds a NUL character, which is not accepted");
    }
}
