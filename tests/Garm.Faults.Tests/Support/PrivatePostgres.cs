using System.Diagnostics;
using Garm.Cluster.Tests.Support;

namespace Garm.Faults.Tests.Support;

/// <summary>A PostgreSQL server of one test's own (<c>.ci/postgres</c>), which it stops and starts as it likes.</summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("garm-postgres-").FullName;

    private PrivatePostgres()
    {
    }

    /// <summary>A connection string of it.</summary>
    public string Server { get; private set; } = "";

    /// <summary>Starts one; skips the test where the tests have no server either.</summary>
    public static async Task<PrivatePostgres> StartAsync()
    {
        await using (TestServer.Create(TestServer.PostgreSql))
        {
            // Only to be skipped like the others: nothing was made there.
        }

        var server = new PrivatePostgres();
        try
        {
            // The server may run as a user of its own, which must get into the folder.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(server._folder, (UnixFileMode)0b111_101_101);
            server.Server = await RunAsync("start", server._folder);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it at once, as a crash does.</summary>
    public Task StopAsync() => RunAsync("stop", _folder);

    /// <summary>Starts what the folder holds, on a port that may be another one.</summary>
    public async Task StartAnewAsync() => Server = await RunAsync("start", _folder);

    /// <summary>Starts it again where it was.</summary>
    public Task StartAgainAsync() => RunAsync("again", _folder);

    /// <summary>Copies the files of the stopped server.</summary>
    public Task SaveCopyAsync() => CopyAsync("data", "copy");

    /// <summary>Puts the files of the copy in the place of the stopped server's.</summary>
    public async Task RestoreCopyAsync()
    {
        Directory.Delete(Path.Combine(_folder, "data"), recursive: true);
        await CopyAsync("copy", "data");
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    private Task CopyAsync(string from, string to) =>
        RunProgramAsync("cp", "-a", Path.Combine(_folder, from), Path.Combine(_folder, to)); // With its owner.

    private static Task<string> RunAsync(string command, string folder) =>
        RunProgramAsync("bash", Repository.PathOf(".ci/postgres"), command, folder);

    private static async Task<string> RunProgramAsync(string program, params string[] arguments)
    {
        // Durability is not what these tests are about: no machine loses power.
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GARM_POSTGRES_OPTIONS"] = "-c fsync=off";
        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync();
        var answer = await process.StandardOutput.ReadLineAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? answer ?? ""
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await complaints}");
    }
}
