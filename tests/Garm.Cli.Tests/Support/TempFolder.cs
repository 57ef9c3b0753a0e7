namespace Garm.Cli.Tests.Support;

/// <summary>A folder of a test's own.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("garmctl-test-").FullName;

    public string ConfigFile => System.IO.Path.Combine(Path, "made-by-the-store", "config.json");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
