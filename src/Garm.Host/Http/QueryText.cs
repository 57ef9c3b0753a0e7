using System.Net;
using System.Text;
using System.Text.Unicode;
using Garm.Data;

namespace Garm.Host.Http;

/// <summary>
/// Whether a query is text. The framework leaves percent-encoded bytes that are no UTF-8 as they stand, which would then be a
/// text that nobody sent; and a NUL character is refused by some databases and not by others.
/// </summary>
internal static class QueryText
{
    /// <exception cref="GarmException">400: says what is wrong.</exception>
    public static void Check(QueryString query)
    {
        // Without percent signs the server has let only printable ASCII pass.
        if (query.Value is not { Length: > 0 } text || !text.Contains('%')) return;
        var bytes = WebUtility.UrlDecodeToBytes(Encoding.UTF8.GetBytes(text), 0, Encoding.UTF8.GetByteCount(text));
        if (!Utf8.IsValid(bytes)) throw GarmException.BadRequest("invalid request: the query is not UTF-8");
        if (bytes.Contains((byte)0)) throw GarmException.BadRequest("invalid request: the query holds a NUL character, which is not accepted");
    }
}
