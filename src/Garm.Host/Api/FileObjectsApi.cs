using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data;
using Garm.Data.Files;
using Garm.Data.Lists;
using Garm.Data.Values;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/objects</c>.</summary>
internal static class FileObjectsApi
{
    private const int PageSize = 25;

    public static void MapFileObjects(this IEndpointRouteBuilder api)
    {
        api.MapGet("/objects", async (HttpContext context, FileObjectStore store, CancellationToken cancellation) =>
        {
            var query = context.Request.Query;
            return ApiResponses.Json(
                await store.ListAsync(FileTags.Parse(query["tags"].FirstOrDefault()), PagingOf(query), cancellation));
        })
            .Describes("ListFileObjects", "objects")
            .WithSummary("List stored files.")
            .Answers<PageView<FileObjectView>>()
            .Query<string>("tags", "comma-separated; files that have all of them")
            .Query<long>("page", "from 1")
            .Query<long>("pageSize", "25 when absent");

        api.MapPost("/objects", async (HttpContext context, FileObjectStore store, CancellationToken cancellation) =>
        {
            var name = context.Header("X-File-Name");
            if (name.Length == 0) throw GarmException.BadRequest("missing X-File-Name header");
            var content = context.OpenUpload();
            var file = new NewFile(name, context.Header("X-File-Description"), FileTags.Parse(context.Header("X-Tags")))
            {
                Length = context.Request.ContentLength,
            };
            return ApiResponses.Json(await store.CreateAsync(file, content, cancellation));
        })
            .Describes("CreateFileObject", "objects")
            .WithSummary("Upload a file.")
            .TakesBytes()
            .Header("X-File-Name", "the file's name", required: true)
            .Header("X-File-Description", "for people")
            .Header("X-Tags", "comma-separated")
            .Answers<FileObjectView>();

        api.MapGet("/objects/{objectId}", async (string objectId, FileObjectStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.GetAsync(Id(objectId), cancellation)))
            .Describes("GetFileObject", "objects")
            .WithSummary("Get a file's description.")
            .Answers<FileObjectView>();

        api.MapPut(
            "/objects/{objectId}",
            async (string objectId, HttpContext context, FileObjectStore store, CancellationToken cancellation) =>
            {
                var id = Id(objectId);
                var request = await context.ReadJsonAsync<UpdateFileObjectRequest>();
                return ApiResponses.Json(await store.UpdateAsync(id, request, cancellation));
            })
            .Describes("UpdateFileObject", "objects")
            .WithSummary("Update a file's description.")
            .Takes<UpdateFileObjectRequest>()
            .Answers<FileObjectView>();

        api.MapDelete("/objects/{objectId}", async (string objectId, FileObjectStore store, CancellationToken cancellation) =>
        {
            await store.DeleteAsync(Id(objectId), cancellation);
            return ApiResponses.NoContent;
        })
            .Describes("DeleteFileObject", "objects")
            .WithSummary("Delete a file.")
            .AnswersNothing(StatusCodes.Status204NoContent);

        api.MapMethods("/objects/{objectId}/download", [HttpMethods.Get, HttpMethods.Head], DownloadAsync)
            .Describes("DownloadFileObject", "objects")
            .WithSummary("Download a file.")
            .AnswersBytes("application/octet-stream");
    }

    /// <summary>The requested page.</summary>
    public static Paging PagingOf(IQueryCollection query) => new(query.NumberOr("page", 0), query.NumberOr("pageSize", PageSize));

    // As in GARM: the whole file, even if the request has a range.
    private static async Task DownloadAsync(
        string objectId, HttpContext context, FileObjectStore store, CancellationToken cancellation)
    {
        var (file, content) = await store.OpenAsync(Id(objectId), cancellation);
        await SendAsync(context, file, content, cancellation);
    }

    /// <summary>Sends a file chunk by chunk, or only its headers.</summary>
    public static async Task SendAsync(
        HttpContext context, FileObjectView file, IAsyncEnumerable<ReadOnlyMemory<byte>> content, CancellationToken cancellation)
    {
        context.Response.ContentType = file.FileType;
        context.Response.ForbidSniffing();
        context.Response.ContentLength = file.Size;
        context.Response.Headers.ContentDisposition = $"attachment; filename={GoText.Quote(file.Name)}";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await foreach (var chunk in content) await context.Response.Body.WriteAsync(chunk, cancellation);
    }

    /// <summary>A file's number in a path.</summary>
    public static long Id(string segment) =>
        ApiRequests.KeyOrRefuse(segment, "invalid objectID: invalid object ID; must be a number");
}
