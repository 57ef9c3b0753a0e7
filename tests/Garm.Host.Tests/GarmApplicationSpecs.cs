namespace Garm.Host.Tests;

public sealed class GarmApplicationSpecs
{
    [Fact]
    public async Task Host_ShouldEndWithoutFault_WhenAskedToStopBeforeItIsUp()
    {
        var folder = Directory.CreateTempSubdirectory("garm-stopped-");
        try
        {
            await using var app = GarmApplication.Build([$"--Garm:DataDirectory={folder.FullName}", "--Urls=http://127.0.0.1:0"]);
            app.Lifetime.StopApplication();

            await GarmApplication.RunAsync(app);

            Assert.Empty(app.Urls);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
