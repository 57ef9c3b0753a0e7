using Garm.Cluster.Tests.Support;
using Garm.Host.Commands;
using Garm.TestUtilities;

namespace Garm.Cluster.Tests.Deployment;

/// <summary>The output of the image's build runs, and its health check works.</summary>
public sealed class PublishedHostSpecs
{
    [Fact]
    public async Task TheHealthCheck_TellsAliveFromDead()
    {
        await using var host = await RunningHost.StartAsync(new Dictionary<string, string?>());
        var alive = new Uri(host.BaseUrl, "/healthz").ToString();
        var errors = new StringWriter();

        Assert.Equal(0, await HealthCheckCommand.RunAsync([alive], errors));
        Assert.Empty(errors.ToString());
        Assert.Equal(1, await HealthCheckCommand.RunAsync([new Uri(host.BaseUrl, "/nowhere").ToString()], errors));
        await host.StopAsync();
        Assert.Equal(1, await HealthCheckCommand.RunAsync([alive], errors));
        Assert.Equal(2, await HealthCheckCommand.RunAsync(["nonsense"], errors));
        Assert.Equal(2, await HealthCheckCommand.RunAsync([alive.Replace("http://", "http://user:hunter2@", StringComparison.Ordinal)], errors));
        Assert.DoesNotContain("hunter2", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("does not answer", errors.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Publishes it, unless the environment names a published one.</summary>
    [LongFact]
    public async Task TheImagesPublish_Runs()
    {
        var folder = Directory.CreateTempSubdirectory("garm-publish-").FullName;
        try
        {
            var program = RunningHost.GivenAssembly ?? await PublishAsync(folder);
            var settings = Path.Combine(Path.GetDirectoryName(program)!, "hocon");
            Assert.True(File.Exists(Path.Combine(settings, "garm.conf")));
            Assert.True(File.Exists(Path.Combine(settings, "cluster.conf")));
            Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(program)!, "LICENSE")));

            await using var host = await RunningHost.StartAsync(
                new Dictionary<string, string?> { ["Garm:Cluster:Hostname"] = "127.0.0.1" }, program);
            await host.StopAsync();
            Assert.Equal(0, host.ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> PublishAsync(string folder)
    {
        var published = await Tool.RunAsync(
            "dotnet", "publish", Repository.PathOf("src/Garm.Host/Garm.Host.csproj"), "--configuration", "Release", "--output", folder,
            "--artifacts-path", Path.Combine(folder, "build"));
        Assert.True(published.ExitCode == 0, published.Output + published.Errors);
        return Path.Combine(folder, "Garm.Host.dll");
    }
}
