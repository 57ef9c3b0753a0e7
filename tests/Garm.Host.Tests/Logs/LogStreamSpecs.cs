using System.Text;
using System.Text.Json;
using Garm.Host.Logs;
using Microsoft.Extensions.Logging;

namespace Garm.Host.Tests.Logs;

/// <summary>Log records reach the followers in a format that GARM's programs read, and logging never waits for followers.</summary>
public sealed class LogStreamSpecs
{
    private readonly LogStream _stream = new();
    private readonly ILogger _logger;

    public LogStreamSpecs() => _logger = new LogStreamProvider(_stream, TimeProvider.System).CreateLogger("Garm.Somewhere");

    [Theory]
    [InlineData(LogLevel.Trace, "DEBUG")]
    [InlineData(LogLevel.Debug, "DEBUG")]
    [InlineData(LogLevel.Information, "INFO")]
    [InlineData(LogLevel.Warning, "WARN")]
    [InlineData(LogLevel.Error, "ERROR")]
    [InlineData(LogLevel.Critical, "ERROR")]
    public async Task Levels_HaveTheirNamesInGo(LogLevel level, string name)
    {
        using var follower = _stream.TryFollow()!;
        _logger.Log(level, "x");

        Assert.Equal(name, (await NextAsync(follower)).GetProperty("level").GetString());
    }

    [Fact]
    public async Task Attributes_AreTheValuesThatTheMessageNames()
    {
        using var follower = _stream.TryFollow()!;
        _logger.LogError(new InvalidOperationException("broken"), "Pool {PoolId} has {Count:N0} runners, {Time}, {Level}", "p-1", 3, true, "high");

        var record = await NextAsync(follower);
        Assert.Equal(
            ["time", "level", "msg", "logger", "pool_id", "count", "error"],
            record.EnumerateObject().Select(x => x.Name));
        Assert.Equal("Pool p-1 has 3 runners, True, high", record.GetProperty("msg").GetString());
        Assert.Equal(3, record.GetProperty("count").GetInt32());
        Assert.Contains("broken", record.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Some of the framework's messages have values that their text does not show.</summary>
    [Fact]
    public async Task AValueThatTheMessageDoesNotName_IsNotTold()
    {
        using var follower = _stream.TryFollow()!;
        var state = new KeyValuePair<string, object?>[] { new("Path", "/p"), new("QueryString", "?token=secret"), new("{OriginalFormat}", "At {Path}") };
        _logger.Log(LogLevel.Information, default, state, null, static (_, _) => "At /p");

        var record = await NextAsync(follower);
        Assert.Equal("/p", record.GetProperty("path").GetString());
        Assert.DoesNotContain("secret", record.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatHasNoRoom_IsLeftOut_AndCounted()
    {
        using var slow = _stream.TryFollow()!;
        for (var i = 0; i < LogFollower.MaxRecords + 7; i++) _logger.LogInformation("{Number}", i);

        for (var i = 0; i < LogFollower.MaxRecords; i++) Assert.Equal(i, (await NextAsync(slow)).GetProperty("number").GetInt32());
        Assert.Equal(7, slow.TakeLeftOut());
        Assert.Equal(0, slow.TakeLeftOut());
        var told = JsonSerializer.Deserialize<JsonElement>(LogRecord.OfLeftOut(DateTimeOffset.UnixEpoch, 7));
        Assert.Equal(("WARN", 7), (told.GetProperty("level").GetString(), told.GetProperty("count").GetInt32()));
    }

    [Fact]
    public void WhoLeft_GetsNothing_AndLeavesRoom()
    {
        var followers = Enumerable.Range(0, LogStream.MaxFollowers).Select(_ => _stream.TryFollow()!).ToList();
        Assert.Null(_stream.TryFollow());

        followers.ForEach(x => x.Dispose());

        Assert.False(_stream.HasFollowers);
        Assert.False(_logger.IsEnabled(LogLevel.Critical));
        Assert.NotNull(_stream.TryFollow());
    }

    private static async Task<JsonElement> NextAsync(LogFollower follower)
    {
        var text = Encoding.UTF8.GetString(await follower.NextAsync(default));
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
