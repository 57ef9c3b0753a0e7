using Garm.Cluster.Tests.Support;
using Npgsql;

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

    /// <summary>Another one, over a socket in the file system: it is reached also from where the machine's addresses are not.</summary>
    public string ServerBySocket => new NpgsqlConnectionStringBuilder(Server) { Host = _folder }.ConnectionString;

    private string Data => Path.Combine(_folder, "data");

    private string Copy => Path.Combine(_folder, "copy");

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
            server.Server = await server.RunAsync("start");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it at once, as a crash does.</summary>
    public Task StopAsync() => RunAsync("stop");

    /// <summary>Starts what the folder holds, on a port that may be another one.</summary>
    public async Task StartAnewAsync() => Server = await RunAsync("start");

    /// <summary>Starts it again where it was.</summary>
    public Task StartAgainAsync() => RunAsync("again");

    /// <summary>Copies the files of the stopped server.</summary>
    public Task SaveCopyAsync() => CopyAsync(Data, Copy);

    /// <summary>Puts the files of the copy in the place of the stopped server's.</summary>
    public async Task RestoreCopyAsync()
    {
        Directory.Delete(Data, recursive: true);
        await CopyAsync(Copy, Data);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static Task CopyAsync(string from, string to) => Command.RunAsync("cp", ["-a", from, to]); // With its owner.

    private Task<string> RunAsync(string command) => Command.RunAsync(
        "bash",
        [Repository.PathOf(".ci/postgres"), command, _folder],
        environment: ("GARM_POSTGRES_OPTIONS", $"-c fsync=off -c unix_socket_directories='{_folder}'"));
}
