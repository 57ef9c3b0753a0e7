using Garm.Contracts.Requests;
using Garm.Data.ChangeLog;
using Garm.Data.Proxies;
using Garm.Data.Telemetry;
using Garm.Data.Tests.Support;
using Garm.Log;
using Garm.TestUtilities;
using Xunit;

namespace Garm.Data.Tests.Telemetry;

[Collection(nameof(TelemetryCollection))]
public sealed class ChangeLogTelemetrySpecs : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task AWrite_IsCounted_WithItsWaits()
    {
        using var told = new Measurements(ChangeLogTelemetry.Name);

        await CreateProxyAsync();

        Assert.Equal([1], told.Of("garm.log.committed"));
        Assert.Equal(["entity_type=proxy,operation=create"], told.TagsOf("garm.log.committed"));
        Assert.InRange(Assert.Single(told.Of("garm.log.head.wait")), 0, 60);
        Assert.InRange(Assert.Single(told.Of("garm.log.turn.wait")), 0, 60);
    }

    [Fact]
    public async Task AFailedWrite_IsNotCounted()
    {
        await CreateProxyAsync();
        using var told = new Measurements(ChangeLogTelemetry.Name);

        await Assert.ThrowsAsync<GarmException>(CreateProxyAsync);

        Assert.Empty(told.Of("garm.log.committed"));
    }

    [Fact]
    public async Task Reads_AreCounted_AndNoneIsLeftInProgress()
    {
        var reader = new ChangeLogReader(_database.Contexts, _database.Where.Engine);
        using var told = new Measurements(ChangeLogTelemetry.Name);

        await reader.ReadHeadAsync(default);
        await reader.ReadAfterAsync(LogPosition.Origin, 10, default);

        Assert.Equal(["kind=head", "kind=page"], told.TagsOf("garm.log.reads"));
        Assert.Equal([1, -1, 1, -1], told.Of("garm.log.readers"));
    }

    [Fact]
    public async Task AWrite_IsASpan_WhoseTraceIsKeptForTheRelay()
    {
        using var spans = new Spans(ChangeLogTelemetry.Name);

        await CreateProxyAsync();

        var commit = Assert.Single(spans.Ended);
        Assert.Equal("commit", commit.OperationName);
        var id = Assert.IsType<Guid>(commit.GetTagItem("garm.commit_id"));
        Assert.True(CommitTraces.TryTake(id, out var context));
        Assert.Equal(commit.SpanId, context.SpanId);
        Assert.False(CommitTraces.TryTake(id, out _));
    }

    private Task CreateProxyAsync() => _database.UseAsync<ProxyStore>(store =>
        store.CreateAsync(new CreateProxyRequest { Name = "p", HttpProxy = "http://p.example.com" }, default));
}
