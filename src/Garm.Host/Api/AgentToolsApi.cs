using Garm.Contracts.Entities;
using Garm.Data;
using Garm.Data.Files;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/tools/garm-agent</c>.</summary>
internal static class AgentToolsApi
{
    public static void MapAgentTools(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tools/garm-agent", async (HttpContext context, AgentToolStore store, CancellationToken cancellation) =>
            ApiResponses.Json(AsksForUpstream(context.Request.Query)
                ? new PageView<AgentToolView>()
                : await store.ListAsync(FileObjectsApi.PagingOf(context.Request.Query), cancellation)))
            .Describes("AdminGarmAgentList", "tools")
            .WithSummary("List the uploaded agent tools.")
            .Answers<PageView<AgentToolView>>()
            .Query<bool>("upstream", "the releases of the releases page: always empty here")
            .Query<long>("page", "from 1")
            .Query<long>("pageSize", "25 when absent");

        // The hub fetches no list of releases.
        api.MapGet("/tools/garm-agent/releases", () => ApiResponses.EmptyList)
            .Describes("ListGARMAgentReleases", "tools")
            .WithSummary("List the releases of the agent.")
            .Answers<IReadOnlyList<object>>();

        api.MapPost("/tools/garm-agent", async (HttpContext context, AgentToolStore store, CancellationToken cancellation) =>
        {
            var tool = new NewAgentTool(
                context.Header("X-Tool-Name"), context.Header("X-Tool-Description"), context.Header("X-Tool-OS-Type"),
                context.Header("X-Tool-OS-Arch"), context.Header("X-Tool-Version"))
            {
                Length = context.Request.ContentLength,
            };
            if (tool.Name.Length == 0 || tool.OsType.Length == 0 || tool.OsArch.Length == 0 || tool.Version.Length == 0)
                throw GarmException.BadRequest("missing required headers: X-Tool-Name, X-Tool-OS-Type, X-Tool-OS-Arch, X-Tool-Version");
            return ApiResponses.Json(await store.CreateAsync(tool, context.OpenUpload(), cancellation));
        })
            .Describes("UploadGARMAgentTool", "tools")
            .WithSummary("Upload an agent tool.")
            .TakesBytes()
            .Header("X-Tool-Name", "the tool's name", required: true)
            .Header("X-Tool-Description", "for people")
            .Header("X-Tool-OS-Type", "linux or windows", required: true)
            .Header("X-Tool-OS-Arch", "amd64 or arm64", required: true)
            .Header("X-Tool-Version", "its version", required: true)
            .Answers<FileObjectView>();
    }

    /// <summary>Whether the client asks for upstream releases, which the hub does not fetch.</summary>
    private static bool AsksForUpstream(IQueryCollection query) =>
        query["upstream"].FirstOrDefault() is "1" or "t" or "T" or "true" or "True" or "TRUE";
}
