using System.Security.Cryptography;
using System.Text;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Files;
using Garm.Data.Lists;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Jobs;
using Garm.Data.Tests.Support;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Garm.Data.Tests.Files;

public abstract class FileObjectStoreSpecs(TestEngine engine) : IAsyncLifetime
{
    private const long Chunk = FileContents.ChunkSize;

    private readonly TestDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk)]
    [InlineData((9 * Chunk) + 17)]
    public async Task Create_ShouldHoldNoMoreThanAChunk_AndGiveTheSameBytesBack(long length)
    {
        var source = new GaugedStream(length, StoredBytesAsync);

        var file = await CreateAsync("f", source);

        Assert.InRange(source.MostHeld, 0, Chunk);
        Assert.Equal(length, file.Size);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var read = 0L;
        await foreach (var piece in await ContentAsync(file.Id))
        {
            Assert.InRange(piece.Length, 1, Chunk);
            Assert.True(piece.Span.SequenceEqual(GaugedStream.BytesAt(read, piece.Length)), $"The bytes from {read} on are not those that were given.");
            read += piece.Length;
            hash.AppendData(piece.Span);
        }

        Assert.Equal(length, read);
        Assert.Equal(file.Sha256, Convert.ToHexStringLower(hash.GetHashAndReset()));
        Assert.Equal(["file_object create"], _database.Commits.Kinds);
    }

    [SkippableFact]
    public async Task Create_ShouldTellNothingAndKeepNothing_WhenTheUploadBreaks()
    {
        var source = new GaugedStream(4 * Chunk, StoredBytesAsync) { BreaksAt = 2 * Chunk };

        await Assert.ThrowsAsync<IOException>(() => CreateAsync("broken", source));

        Assert.Empty(_database.Commits.Kinds);
        Assert.Equal((0, 0), await LeftOverAsync());
    }

    [SkippableFact]
    public async Task Create_ShouldKeepNothing_WhenTheFileIsRefused()
    {
        await Assert.ThrowsAsync<GarmException>(() => CreateAsync(new string('n', 300), Bytes("x")));

        Assert.Empty(_database.Commits.Kinds);
        Assert.Equal((0, 0), await LeftOverAsync());
    }

    [SkippableFact]
    public async Task Create_ShouldStoreTheContent_BeforeAnyoneHearsOfTheFile()
    {
        var file = await CreateAsync("f", Bytes("hello"));

        Assert.Equal(file.Id, _database.Commits.SinglePayload.GetProperty("id").GetInt64());
        Assert.Equal(1, await _database.ReadAsync(db => db.FileChunks.CountAsync()));
        Assert.Equal("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", file.Sha256);
    }

    [SkippableFact]
    public async Task Delete_ShouldTellWhichFileItWas_AndRemoveItsContent()
    {
        var file = await CreateAsync("gone", new GaugedStream(3 * Chunk, StoredBytesAsync), "a", "b");
        _database.Commits.Clear();

        await UseAsync(store => store.DeleteAsync(file.Id, default));

        Assert.Equal(["file_object delete"], _database.Commits.Kinds);
        var payload = _database.Commits.SinglePayload;
        Assert.Equal(("gone", file.Id), (payload.GetProperty("name").GetString(), payload.GetProperty("id").GetInt64()));
        Assert.Equal(["a", "b"], payload.GetProperty("tags").EnumerateArray().Select(x => x.GetString()));
        Assert.Equal((0, 0), await LeftOverAsync());

        _database.Commits.Clear();
        await UseAsync(store => store.DeleteAsync(file.Id, default));
        Assert.Empty(_database.Commits.Kinds);
    }

    [SkippableFact]
    public async Task Download_ShouldBreakOff_WhenTheFileIsDeletedMeanwhile()
    {
        var file = await CreateAsync("f", new GaugedStream(3 * Chunk, StoredBytesAsync));
        await using var content = (await ContentAsync(file.Id)).GetAsyncEnumerator();
        Assert.True(await content.MoveNextAsync());

        await UseAsync(store => store.DeleteAsync(file.Id, default));

        await Assert.ThrowsAsync<IOException>(async () => await content.MoveNextAsync());
    }

    [SkippableTheory]
    [InlineData("Gamma, delta ,,GAMMA, ", "gamma|delta|")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Tags_ShouldBeReadAsGarmReadsThem(string? text, string tags) =>
        Assert.Equal(tags, string.Join('|', FileTags.Parse(text)));

    [SkippableFact]
    public async Task Update_ShouldReplaceTags_InTheGivenOrder()
    {
        var file = await CreateAsync("f", Bytes("x"), "one", "two", "three");
        _database.Commits.Clear();

        var updated = await UpdateAsync(file.Id, new() { Tags = [" Zeta", "two"] });

        Assert.Equal(["zeta", "two"], updated.Tags);
        Assert.Equal(["file_object update"], _database.Commits.Kinds);
        Assert.Equal(["zeta", "two"], (await UseAsync(store => store.GetAsync(file.Id, default))).Tags);
        Assert.Empty((await UpdateAsync(file.Id, new() { Tags = [] })).Tags);
    }

    [SkippableFact]
    public async Task Update_ShouldCountANameAndTags_AndADescriptionOnlyWhenItDiffers()
    {
        var file = await CreateAsync("f", Bytes("x"), "t");
        _database.Commits.Clear();

        await UpdateAsync(file.Id, new());
        await UpdateAsync(file.Id, new() { Description = "" });
        Assert.Empty(_database.Commits.Kinds);

        await UpdateAsync(file.Id, new() { Name = "f" });
        await UpdateAsync(file.Id, new() { Tags = ["t"] });
        await UpdateAsync(file.Id, new() { Description = "new" });
        Assert.Equal(3, _database.Commits.Kinds.Count);
    }

    [SkippableFact]
    public async Task List_ShouldFilterAndPage()
    {
        foreach (var name in new[] { "a", "b", "c" }) await CreateAsync(name, Bytes(name), "all", $"only-{name}");

        var first = await ListAsync(["all"], new Paging(0, 2));
        Assert.Equal((3, 2, 1, 2L, null), (first.TotalCount, first.Pages, first.CurrentPage, first.NextPage, first.PreviousPage));
        Assert.Equal(["c", "b"], first.Results!.Select(x => x.Name));
        Assert.Equal(["a"], (await ListAsync([], new Paging(2, 2))).Results!.Select(x => x.Name));
        Assert.Equal(["b"], (await ListAsync(["all", "only-b"], new Paging(1, 0))).Results!.Select(x => x.Name));
        Assert.Empty((await ListAsync([], new Paging(long.MaxValue, long.MaxValue))).Results!);
    }

    [SkippableFact]
    public async Task AgentTool_ShouldReplaceTheOneBefore_InOneCommit()
    {
        var tool = new NewAgentTool("agent", "", "linux", "amd64", "v1");
        await _database.UseAsync((AgentToolStore store) => store.CreateAsync(tool, Bytes("one"), default));
        await _database.UseAsync(
            (AgentToolStore store) => store.CreateAsync(tool with { OsArch = "arm64" }, Bytes("other"), default));
        _database.Commits.Clear();

        await _database.UseAsync((AgentToolStore store) => store.CreateAsync(tool with { Version = "v2" }, Bytes("two"), default));

        Assert.Equal(["file_object create", "file_object delete"], _database.Commits.Kinds);
        var page = await _database.UseAsync((AgentToolStore store) => store.ListAsync(new Paging(1, 25), default));
        Assert.Equal([("amd64", "v2"), ("arm64", "v1")], page.Results!.Select(x => (x.OsArch, x.Version)));
        Assert.Equal((2, 2), await LeftOverAsync());
    }

    [SkippableFact]
    public async Task Sweep_ShouldRemoveWhatNothingRefersTo_OnceNothingIsWrittenToIt()
    {
        var file = await CreateAsync("kept", Bytes("kept"));
        await _database.UseAsync((FileContents contents) => contents.WriteAsync(Bytes("left over from a crash"), null, 0, default));

        Assert.Equal(0, await SweepAsync(FileContentSweep.Grace - TimeSpan.FromMinutes(1)));
        Assert.Equal(1, await SweepAsync(FileContentSweep.Grace + TimeSpan.FromMinutes(1)));

        Assert.Equal((1, 1), await LeftOverAsync());
        await foreach (var piece in await ContentAsync(file.Id)) Assert.Equal("kept", Encoding.UTF8.GetString(piece.Span));
    }

    [SkippableFact]
    public async Task Update_ShouldBeRefused_WhenItWouldMakeAnAgentTool()
    {
        var file = await CreateAsync("f", Bytes("x"));

        await Refusal.OfAsync(
            RefusalKind.BadRequest, "cannot update garm-agent tools via object storage API",
            () => UpdateAsync(file.Id, new() { Tags = ["Category=garm-agent"] }));
        await Refusal.OfAsync(
            RefusalKind.NotFound, "failed to query object in DB: could not find file object with ID: 999",
            () => UpdateAsync(999, new() { Name = "" }));
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private Task<long> StoredBytesAsync() => _database.ReadAsync(db => db.FileChunks.SumAsync(x => (long)x.Data.Length));

    private async Task<(int Contents, int Chunks)> LeftOverAsync() => (
        await _database.ReadAsync(db => db.FileContents.CountAsync()),
        await _database.ReadAsync(db => db.FileChunks.CountAsync()));

    private Task<FileObjectView> CreateAsync(string name, Stream content, params string[] tags) =>
        UseAsync(store => store.CreateAsync(new NewFile(name, "", tags), content, default));

    private Task<FileObjectView> UpdateAsync(long id, UpdateFileObjectRequest request) =>
        UseAsync(store => store.UpdateAsync(id, request, default));

    private Task<PageView<FileObjectView>> ListAsync(string[] tags, Paging paging) =>
        UseAsync(store => store.ListAsync(tags, paging, default));

    private async Task<IAsyncEnumerable<ReadOnlyMemory<byte>>> ContentAsync(long id) =>
        (await UseAsync(store => store.OpenAsync(id, default))).Content;

    private Task<int> SweepAsync(TimeSpan later) => _database.UseAsync((IServiceProvider services) =>
        new FileContentSweep(
            services.GetRequiredService<UnitOfWork>(), services.GetRequiredService<FileContents>(), new LaterClock(later))
            .RunAsync(default));

    private Task<T> UseAsync<T>(Func<FileObjectStore, Task<T>> use) => _database.UseAsync(use);

    private Task UseAsync(Func<FileObjectStore, Task> use) => _database.UseAsync(use);

    private sealed class LaterClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
