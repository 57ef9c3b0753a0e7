using Garm.Host.OpenApi;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Garm.Host.Tests.Description;

/// <summary>The description is made once, however often it is asked for: everybody may ask, and making it is expensive.</summary>
public sealed class DescriptionTextSpecs
{
    [Fact]
    public async Task Text_ShouldBeMadeOnce_ForAllWhoAsk()
    {
        var documents = new CountedDocuments();
        var description = new DescriptionText(documents);

        var texts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => description.ReadAsync(CancellationToken.None)));

        Assert.Equal(1, documents.Made);
        Assert.All(texts, text => Assert.Same(texts[0], text));
    }

    private sealed class CountedDocuments : IOpenApiDocumentProvider
    {
        private int _made;

        public int Made => _made;

        public Task<OpenApiDocument> GetOpenApiDocumentAsync(CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _made);
            return Task.FromResult(new OpenApiDocument { Info = new OpenApiInfo { Title = "t", Version = "1" } });
        }
    }
}
