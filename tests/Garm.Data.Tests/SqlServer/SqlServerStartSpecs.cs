using Garm.Data.Engines;
using Garm.Data.SqlServer;
using Microsoft.Data.SqlClient;
using Xunit;

namespace Garm.Data.Tests.SqlServer;

/// <summary>How a start prepares the database, for each answer of the server.</summary>
public sealed class SqlServerStartSpecs
{
    private static readonly DatabaseTraits Ready = new(HasSnapshot: true, CompatibilityLevel: 150, IsEmpty: false);
    private static readonly DatabaseTraits New = new(HasSnapshot: false, CompatibilityLevel: 160, IsEmpty: true);

    private readonly SqlServerEngine _engine = new("Server=localhost;Database=hub");
    private readonly Server _server = new();

    [Fact]
    public async Task ADatabaseThatIsReady_IsOnlyOpened()
    {
        _server.Traits.Enqueue(Ready);

        await PrepareAsync();

        Assert.Equal(["open"], _server.Calls);
    }

    [Fact]
    public async Task AMissingDatabase_IsMade_AndSetUpBeforeAnythingElse()
    {
        _server.Refuses(4060, 18456);
        _server.Traits.Enqueue(New);

        await PrepareAsync();

        Assert.Equal(["open", "find", "create", "open", "snapshot on"], _server.Calls);
    }

    [Fact]
    public async Task AMissingDatabase_IsNotMade_WhereTheOperatorMigrates()
    {
        _server.Refuses(4060);

        await PrepareAsync(mayChange: false);

        Assert.Equal(["open", "find"], _server.Calls);
    }

    [Fact]
    public async Task AWrongPassword_IsTheServersAnswer_AtOnce()
    {
        _server.Refuses(18456);

        var refusal = await Assert.ThrowsAsync<SqlException>(() => PrepareAsync());

        Assert.False(IsTriedAgain(refusal));
        Assert.Equal(["open"], _server.Calls);
    }

    [Fact]
    public async Task ALoginWithoutAUser_IsTold_AndNothingIsMade()
    {
        _server.Refuses(4060, 18456);
        _server.Found = new FoundDatabase(0, "ONLINE", IsNew: false);

        var refusal = await RefusedAsync();

        Assert.Contains("database [hub] exists, and this login has no user in it", refusal.Message, StringComparison.Ordinal);
        Assert.False(IsTriedAgain(refusal));
        Assert.DoesNotContain("create", _server.Calls);
    }

    [Theory]
    [InlineData(0, "ONLINE", true)]
    [InlineData(2, "RECOVERING", false)]
    [InlineData(7, "COPYING", false)]
    public async Task ADatabaseThatIsNotReadyYet_IsWaitedFor(int state, string name, bool isNew)
    {
        _server.Refuses(4060);
        _server.Found = new FoundDatabase(state, name, isNew);

        Assert.True(IsTriedAgain(await RefusedAsync()));
    }

    [Theory]
    [InlineData(4, "SUSPECT")]
    [InlineData(6, "OFFLINE")]
    public async Task ADatabaseThatSomebodyMustMend_IsTold(int state, string name)
    {
        _server.Refuses(4060);
        _server.Found = new FoundDatabase(state, name, IsNew: false);

        var refusal = await RefusedAsync();

        Assert.EndsWith(name, refusal.Message, StringComparison.Ordinal);
        Assert.False(IsTriedAgain(refusal));
    }

    [Theory]
    [InlineData(1801)]
    [InlineData(1807)]
    public async Task ADatabaseThatAnotherNodeMakes_IsTriedAgain(int number)
    {
        _server.Refuses(4060);
        _server.Creating = SqlExceptions.Of(number);

        Assert.True(IsTriedAgain(await Assert.ThrowsAsync<SqlException>(() => PrepareAsync())));
    }

    [Fact]
    public async Task ALoginThatMayNotMakeADatabase_IsToldWhatToDo()
    {
        _server.Refuses(4060);
        _server.Creating = SqlExceptions.Of(262);

        var refusal = await RefusedAsync();

        Assert.Contains("ALTER DATABASE [hub] SET READ_COMMITTED_SNAPSHOT ON;", refusal.Message, StringComparison.Ordinal);
        Assert.False(IsTriedAgain(refusal));
    }

    [Fact]
    public async Task ALoginThatMayNotLookInMaster_IsToldWhatToDo()
    {
        _server.Refuses(4060);
        _server.Finding = SqlExceptions.Of(4060, 18456);

        Assert.False(IsTriedAgain(await RefusedAsync()));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task ADatabaseWithoutSnapshot_IsRefused_WithTheStatement_WhereItIsNotTheHubsToChange(bool mayChange, bool isEmpty)
    {
        _server.Traits.Enqueue(New with { IsEmpty = isEmpty });

        var refusal = await RefusedAsync(mayChange);

        Assert.Contains("READ_COMMITTED_SNAPSHOT is off", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("run: ALTER DATABASE [hub] SET READ_COMMITTED_SNAPSHOT ON;", refusal.Message, StringComparison.Ordinal);
        Assert.False(IsTriedAgain(refusal));
        Assert.Equal(["open"], _server.Calls);
    }

    [Theory]
    [InlineData(5070, true)]
    [InlineData(5011, false)]
    public async Task ASettingThatCannotBeChanged_IsTriedAgain_WhereOnlyOthersAreConnected(int number, bool again)
    {
        _server.Traits.Enqueue(New);
        _server.Turning = SqlExceptions.Of(number, 5069);

        var refusal = await RefusedAsync();

        Assert.Equal(again, IsTriedAgain(refusal));
        Assert.EndsWith("READ_COMMITTED_SNAPSHOT ON;", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOldCompatibilityLevel_IsRefused()
    {
        _server.Traits.Enqueue(Ready with { CompatibilityLevel = 120 });

        Assert.Contains("SET COMPATIBILITY_LEVEL = 150", (await RefusedAsync()).Message, StringComparison.Ordinal);
    }

    private Task PrepareAsync(bool mayChange = true) => new SqlServerStart(_server).PrepareAsync(mayChange, default);

    private Task<DatabaseRefusedException> RefusedAsync(bool mayChange = true) =>
        Assert.ThrowsAsync<DatabaseRefusedException>(() => PrepareAsync(mayChange));

    /// <summary>As the initializer asks.</summary>
    private bool IsTriedAgain(Exception exception) => _engine.IsTransient(exception) || _engine.IsMigrationRace(exception);

    private sealed class Server : ISqlServerStart
    {
        private SqlException? _refusal;

        public List<string> Calls { get; } = [];

        public Queue<DatabaseTraits> Traits { get; } = new();

        public FoundDatabase? Found { get; set; }

        public SqlException? Finding { get; set; }

        public SqlException? Creating { get; set; }

        public SqlException? Turning { get; set; }

        public string Database => "hub";

        /// <summary>The first time that the database is opened.</summary>
        public void Refuses(params int[] numbers) => _refusal = SqlExceptions.Of(numbers);

        public Task<DatabaseTraits> ReadTraitsAsync(CancellationToken cancellation)
        {
            Calls.Add("open");
            if (Interlocked.Exchange(ref _refusal, null) is { } refusal) throw refusal;
            return Task.FromResult(Traits.Dequeue());
        }

        public Task<FoundDatabase?> FindAsync(CancellationToken cancellation)
        {
            Calls.Add("find");
            return Finding is null ? Task.FromResult(Found) : throw Finding;
        }

        public Task CreateAsync(CancellationToken cancellation) => Call("create", Creating);

        public Task TurnSnapshotOnAsync(CancellationToken cancellation) => Call("snapshot on", Turning);

        private Task Call(string name, SqlException? failure)
        {
            Calls.Add(name);
            return failure is null ? Task.CompletedTask : throw failure;
        }
    }
}
