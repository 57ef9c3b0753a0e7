using Garm.Contracts.Entities;
using Garm.Data.Lists;
using Garm.Data.Model;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Files;

/// <summary>A new binary of the agent.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Description">The description; may be empty.</param>
/// <param name="OsType"><c>linux</c> or <c>windows</c>.</param>
/// <param name="OsArch"><c>amd64</c> or <c>arm64</c>.</param>
/// <param name="Version">Any text.</param>
public sealed record NewAgentTool(string Name, string Description, string OsType, string OsArch, string Version)
{
    /// <inheritdoc cref="NewFile.Length"/>
    public long? Length { get; init; }
}

/// <summary>
/// The agent's binaries: files with tags for the operating system and architecture, one binary for each pair
/// (recorded in <c>agent-tools</c>).
/// </summary>
public sealed class AgentToolStore(UnitOfWork work, FileObjectStore files)
{
    private const string OsTypeTag = "os_type=";
    private const string OsArchTag = "os_arch=";
    private const string VersionTag = "version=";
    private const string OriginTag = "origin=";

    /// <summary>A page of them, the newest first; null when there are none.</summary>
    public Task<PageView<AgentToolView>> ListAsync(Paging paging, CancellationToken cancellation) =>
        ListAsync([FileTags.AgentTool], paging, cancellation);

    /// <summary>A page of those for one operating system and architecture.</summary>
    public Task<PageView<AgentToolView>> ListAsync(string osType, string osArch, Paging paging, CancellationToken cancellation) =>
        ListAsync(KindOf(osType, osArch), paging, cancellation);

    /// <summary>A binary and its content.</summary>
    /// <exception cref="GarmException">404: it does not exist, or is another kind of file.</exception>
    public async Task<(FileObjectView File, IAsyncEnumerable<ReadOnlyMemory<byte>> Content)> OpenAsync(
        long id, CancellationToken cancellation)
    {
        var (file, content) = await files.OpenAsync(id, cancellation).ConfigureAwait(false);
        return file.Tags.Contains(FileTags.AgentTool)
            ? (file, content)
            : throw GarmException.NotFound($"failed to get file object: could not find file object with ID: {id}");
    }

    /// <summary>Stores a binary; it replaces the one for the same operating system and architecture.</summary>
    public Task<FileObjectView> CreateAsync(NewAgentTool tool, Stream content, CancellationToken cancellation)
    {
        Check(tool.OsType, tool.OsArch);
        var kind = KindOf(tool.OsType, tool.OsArch);
        var file = new NewFile(tool.Name, tool.Description, [.. kind, VersionTag + tool.Version, OriginTag + "manual"]) { Length = tool.Length };
        return files.CreateAsync(file, content, kind, cancellation);
    }

    private Task<PageView<AgentToolView>> ListAsync(IReadOnlyList<string> tags, Paging paging, CancellationToken cancellation) =>
        work.ReadAsync(
            async db =>
            {
                var metadataUrl = await db.Controllers.Select(x => x.MetadataUrl).SingleAsync(cancellation);
                var page = await paging.TakeAsync(
                    FileObjectStore.WithTags(db, tags).OrderByDescending(x => x.Id), x => ToView(x, metadataUrl), cancellation);
                return page.Results is { Count: 0 } ? page with { Results = null } : page;
            },
            cancellation);

    private static string[] KindOf(string osType, string osArch) => [FileTags.AgentTool, OsTypeTag + osType, OsArchTag + osArch];

    private static void Check(string osType, string osArch)
    {
        if (osType is not (OsTypes.Windows or OsTypes.Linux))
            throw GarmException.BadRequest("invalid os_type: must be 'windows' or 'linux'");
        if (osArch is not ("amd64" or "arm64"))
            throw GarmException.BadRequest("invalid os_arch: must be 'amd64' or 'arm64'");
    }

    private static AgentToolView ToView(FileObject file, string metadataUrl) => new()
    {
        Id = file.Id,
        Name = file.Name,
        Size = file.Size,
        Sha256 = file.Sha256,
        Description = file.Description,
        CreatedAt = file.CreatedAt,
        UpdatedAt = file.UpdatedAt,
        FileType = file.FileType,
        Version = FileTags.ValueOf(file, VersionTag),
        OsType = FileTags.ValueOf(file, OsTypeTag),
        OsArch = FileTags.ValueOf(file, OsArchTag),
        DownloadUrl = $"{metadataUrl.TrimEnd('/')}/tools/garm-agent/{file.Id}/download",
        Origin = FileTags.ValueOf(file, OriginTag),
    };
}
