using System.Text;
using Garm.Contracts.Json;
using Garm.Host.Http;
using Microsoft.AspNetCore.Http;

namespace Garm.Host.Tests.Lists;

/// <summary>A list in pages has the bytes of a list in one piece.</summary>
public sealed class JsonPagesSpecs
{
    [Theory]
    [InlineData]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(3, 1)]
    [InlineData(2, 2, 2)]
    public async Task Pages_AreOneList(params int[] sizes)
    {
        var row = 0;
        var pages = sizes.Select(size => (IReadOnlyList<Row>)[.. Enumerable.Range(0, size).Select(_ => new Row(row++, "<&>\u2028\u00e9\ud83d\ude80"))]).ToList();

        var context = await WriteAsync(Async(pages));

        var whole = Encoding.UTF8.GetString(GarmJson.ToUtf8(pages.SelectMany(x => x).ToList())) + "\n";
        Assert.Equal((whole, "application/json"), (TextOf(context), context.Response.ContentType));
        Assert.Equal(sizes.Length > 1 ? null : Encoding.UTF8.GetByteCount(whole), context.Response.ContentLength);
    }

    [Fact]
    public async Task AFailure_BeforeTheFirstByte_LeavesTheAnswerToOthers()
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };

        await Assert.ThrowsAsync<InvalidOperationException>(() => ApiResponses.Pages(Failing()).ExecuteAsync(context));

        Assert.Equal("", TextOf(context));
    }

    [Fact]
    public async Task APage_IsRead_OnlyWhenTheOnesBeforeAreTaken()
    {
        var taken = new TaskCompletionSource();
        var body = new GatedStream(taken.Task);
        var read = 0;
        var context = new DefaultHttpContext { Response = { Body = body } };
        var writing = ApiResponses.Pages(Counted()).ExecuteAsync(context);

        await body.Reached.Task;
        Assert.Equal(2, read);
        taken.SetResult();
        await writing;

        Assert.Equal(5, read);

        async IAsyncEnumerable<IReadOnlyList<Row>> Counted()
        {
            for (var i = 0; i < 5; i++)
            {
                await Task.CompletedTask;
                read++;
                yield return [new Row(i, "x")];
            }
        }
    }

    private static async Task<HttpContext> WriteAsync(IAsyncEnumerable<IReadOnlyList<Row>> pages)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await ApiResponses.Pages(pages).ExecuteAsync(context);
        return context;
    }

    private static string TextOf(HttpContext context) => Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());

    private static async IAsyncEnumerable<IReadOnlyList<Row>> Async(List<IReadOnlyList<Row>> pages)
    {
        await Task.CompletedTask;
        foreach (var page in pages) yield return page;
    }

    private static async IAsyncEnumerable<IReadOnlyList<Row>> Failing()
    {
        await Task.CompletedTask;
        yield return [new Row(1, "x")];
        throw new InvalidOperationException("the database is gone");
    }

    private sealed record Row(int Id, string Name);

    /// <summary>Accepts nothing until it is released.</summary>
    private sealed class GatedStream(Task gate) : MemoryStream
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reached.TrySetResult();
            await gate;
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
