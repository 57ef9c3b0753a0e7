using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Garm.Host.OpenApi;

/// <summary>
/// The text of the API's description, made when it is first asked for: making it takes seconds of a processor, and anybody may ask.
/// </summary>
internal sealed class DescriptionText(IOpenApiDocumentProvider documents)
{
    private readonly Lazy<Task<byte[]>> _text = new(() => MakeAsync(documents));

    /// <summary>The JSON.</summary>
    public Task<byte[]> ReadAsync(CancellationToken cancellation) => _text.Value.WaitAsync(cancellation);

    private static async Task<byte[]> MakeAsync(IOpenApiDocumentProvider documents)
    {
        var document = await documents.GetOpenApiDocumentAsync();
        using var text = new MemoryStream();
        await document.SerializeAsJsonAsync(text, OpenApiSpecVersion.OpenApi3_1);
        return text.ToArray();
    }
}
