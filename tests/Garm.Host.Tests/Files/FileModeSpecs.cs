using System.Runtime.Versioning;
using Garm.Data.Secrets;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Files;

/// <summary>Only the hub's user can read the hub's files, whatever their modes were before.</summary>
public sealed class FileModeSpecs : IDisposable
{
    private const UnixFileMode ForAll = OwnerOnly.File | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string _folder = Directory.CreateTempSubdirectory("garm-modes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LongFact]
    public async Task FilesAreMadeForTheOwner_AndRepaired_AndAFolderThatOthersMayRead_IsWarnedOf()
    {
        if (OperatingSystem.IsWindows()) return;
        var data = Path.Combine(_folder, "data");
        await using (var first = await StartAsync(data)) CheckFiles(data, first.Output, warned: false);
        Assert.Equal(OwnerOnly.Folder, File.GetUnixFileMode(data));

        foreach (var file in Directory.GetFiles(data)) File.SetUnixFileMode(file, ForAll);
        File.SetUnixFileMode(data, OwnerOnly.Folder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        await using var again = await StartAsync(data);
        await Retry.UntilAsync("the folder is warned of", () => Task.FromResult(again.Output.Contains("chmod 700", StringComparison.Ordinal)), TimeSpan.FromSeconds(30));
        CheckFiles(data, again.Output, warned: true);
    }

    private static Task<RunningHost> StartAsync(string data) => RunningHost.StartAsync(new Dictionary<string, string?> { ["Garm:DataDirectory"] = data });

    [UnsupportedOSPlatform("windows")]
    private static void CheckFiles(string data, string output, bool warned)
    {
        var files = Directory.GetFiles(data).ToDictionary(x => Path.GetFileName(x), File.GetUnixFileMode);
        Assert.Superset(
            new HashSet<string> { "garm.db", "garm.db-wal", "garm.db-shm", "garm.db-migrate", "jwt-secret", "passphrase" },
            files.Keys.ToHashSet());
        Assert.All(files, x => Assert.Equal((x.Key, OwnerOnly.File), (x.Key, x.Value)));
        Assert.Equal(warned, output.Contains($"run: chmod 700 '{data}'", StringComparison.Ordinal));
    }
}
