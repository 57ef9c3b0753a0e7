using Garm.Data.Files;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Files;

/// <summary>A file that does not fit is refused, and takes no space.</summary>
public abstract class FileRoomSpecBase(TestEngine engine) : IAsyncLifetime
{
    private const int Limit = 1000;

    private readonly TestDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task FilesBeyondTheLimitOfAll_AreRefused_BeforeTheyAreRead()
    {
        await StoreAsync("first", 600);

        var unread = new MemoryStream(new byte[401]);
        Assert.Equal(RefusalKind.OutOfSpace, await RefusalAsync(() => StoreAsync("second", unread, 401)));
        Assert.Equal(0, unread.Position);
        await StoreAsync("third", 400);

        Assert.Equal(["first", "third"], await NamesAsync());
    }

    [SkippableFact]
    public async Task AFileWhoseLengthNobodySaid_IsRefused_WhenItHasTooMuch_AndIsRemoved()
    {
        Assert.Equal(RefusalKind.OutOfSpace, await RefusalAsync(() => StoreAsync("long", new MemoryStream(new byte[Limit + 1]), null)));

        Assert.Empty(await NamesAsync());
        Assert.Equal(0, await _database.ReadAsync(db => db.FileContents.CountAsync()));
    }

    [SkippableFact]
    public async Task OfTwoFilesThatAreReadSideBySide_AndDoNotBothFit_OneIsStored()
    {
        // Both are checked before either is stored.
        using var gate = new SemaphoreSlim(0);
        var uploads = new[] { "one", "two" }.Select(x => RefusalAsync(() => StoreAsync(x, new GatedStream(gate, 600), null))).ToList();
        gate.Release(2);
        var ends = await Task.WhenAll(uploads);

        Assert.Equal([null, RefusalKind.OutOfSpace], ends.Order());
        Assert.Single(await NamesAsync());
    }

    [SkippableFact]
    public async Task AFloorThatTheDiskDoesNotHave_RefusesUploads_WhereTheHubSeesTheDisk()
    {
        var limits = new FileLimits { MinFreeBytes = long.MaxValue / 2 };
        var refusal = await RefusalAsync(() => StoreAsync("any", new MemoryStream([1]), 1, limits));

        Assert.Equal(_database.Where.Engine.FreeBytes() is null ? null : RefusalKind.OutOfSpace, refusal);
        if (engine == TestEngine.Sqlite) Assert.NotNull(_database.Where.Engine.FreeBytes());
    }

    private Task StoreAsync(string name, int size) => StoreAsync(name, new MemoryStream(new byte[size]), size);

    private Task StoreAsync(string name, Stream content, long? length, FileLimits? limits = null)
    {
        var room = new FileRoom(limits ?? new FileLimits { MaxTotalBytes = Limit, MinFreeBytes = 0 }, _database.Where.Engine);
        return _database.UseAsync((UnitOfWork work) =>
            new FileObjectStore(work, new FileContents(work, room, TimeProvider.System), room, _database.Where.Engine)
                .CreateAsync(new NewFile(name, "", []) { Length = length }, content, default));
    }

    private Task<List<string>> NamesAsync() => _database.ReadAsync(db => db.FileObjects.Select(x => x.Name).Order().ToListAsync());

    private static async Task<RefusalKind?> RefusalAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (GarmException e)
        {
            return e.Kind;
        }
    }

    /// <summary>Returns its bytes when the test releases it.</summary>
    private sealed class GatedStream(SemaphoreSlim gate, int size) : MemoryStream(new byte[size])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == 0) await gate.WaitAsync(cancellationToken);
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
