using System.Net;
using System.Net.Sockets;
using Garm.Host.Configuration;
using Garm.Host.Lifetime;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Garm.Host.Tests.Operations;

/// <summary>Starts that fail or are misconfigured, as an operator sees them.</summary>
public sealed class FirstHourSpecs : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("garm-first-hour-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ATakenPort_IsSaidInOneLine_ThatNamesTheOption()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var app = Build($"--Urls=http://{other.LocalEndpoint}");

        var refusal = await Assert.ThrowsAsync<StartException>(() => GarmApplication.RunAsync(app));

        Assert.Contains("address already in use", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--urls", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task TheLog_HasDateAndZone_AndIsJsonByTheFrameworksSwitch()
    {
        await using var plain = Build();
        await using var json = Build("--Logging:Console:FormatterName=json");

        Assert.Equal("simple", NameOf(plain));
        var simple = plain.Services.GetRequiredService<IOptionsMonitor<SimpleConsoleFormatterOptions>>().CurrentValue;
        Assert.Equal("yyyy-MM-ddTHH:mm:ss.fffzzz ", simple.TimestampFormat);
        Assert.Equal("json", NameOf(json));
        Assert.Equal(
            "yyyy-MM-ddTHH:mm:ss.fffzzz",
            json.Services.GetRequiredService<IOptionsMonitor<JsonConsoleFormatterOptions>>().CurrentValue.TimestampFormat);
    }

    [Fact]
    public async Task WhatAkkaSaysOfItsMembers_IsShownOnRequest()
    {
        await using var plain = Build();
        await using var all = Build("--Logging:LogLevel:Akka.Cluster=Warning");

        Assert.False(ClusterLog(plain).IsEnabled(LogLevel.Warning));
        Assert.True(ClusterLog(plain).IsEnabled(LogLevel.Error));
        Assert.True(ClusterLog(all).IsEnabled(LogLevel.Warning));

        static ILogger ClusterLog(WebApplication app) => app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Akka.Cluster");
    }

    [Fact]
    public void AFolder_IsUsedByOneHubAtATime()
    {
        using (var first = FolderUse.TryBegin(_folder.FullName))
        {
            Assert.NotNull(first);
            Assert.Null(FolderUse.TryBegin(_folder.FullName));
        }

        using var next = FolderUse.TryBegin(_folder.FullName);
        Assert.NotNull(next);
    }

    [Fact]
    public void AFolderThatIsNotThere_CannotBeWritten()
    {
        Assert.True(DataFolder.CanWrite(_folder.FullName));
        Assert.False(DataFolder.CanWrite(Path.Combine(_folder.FullName, "none")));
        Assert.Empty(_folder.GetFiles());
    }

    private static string? NameOf(WebApplication app) =>
        app.Services.GetRequiredService<IOptionsMonitor<ConsoleLoggerOptions>>().CurrentValue.FormatterName;

    private WebApplication Build(params string[] more) =>
        GarmApplication.Build([$"--Garm:DataDirectory={_folder.FullName}", "--Urls=http://127.0.0.1:0", .. more]);
}
