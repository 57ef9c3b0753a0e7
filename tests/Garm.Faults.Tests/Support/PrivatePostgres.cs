using Garm.Cluster.Tests.Support;
using Npgsql;

namespace Garm.Faults.Tests.Support;

/// <summary>A private PostgreSQL server of one test (<c>.ci/postgres</c>), which the test can stop and start.</summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("garm-postgres-").FullName;

    private PrivatePostgres()
    {
    }

    /// <summary>A connection string.</summary>
    public string Server { get; private set; } = "";

    /// <summary>Another one, through a Unix socket, which is reachable from a namespace that does not reach the machine's addresses.</summary>
    public string ServerBySocket => new NpgsqlConnectionStringBuilder(Server) { Host = _folder }.ConnectionString;

    private string Data => Path.Combine(_folder, "data");

    private string Copy => Path.Combine(_folder, "copy");

    /// <summary>Starts one; skips the test if the tests have no server.</summary>
    public static async Task<PrivatePostgres> StartAsync()
    {
        await using (TestServer.Create(TestServer.PostgreSql))
        {
            // Only to skip like the others: nothing was created there.
        }

        var server = new PrivatePostgres();
        try
        {
            // The server may run as another user, who must be able to enter the folder.
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

    /// <summary>Starts the server in the folder, on a port that may differ.</summary>
    public async Task StartAnewAsync() => Server = await RunAsync("start");

    /// <summary>Restarts it on the same port.</summary>
    public Task StartAgainAsync() => RunAsync("again");

    /// <summary>Copies the files of the stopped server.</summary>
    public Task SaveCopyAsync() => CopyAsync(Data, Copy);

    /// <summary>Replaces the files of the stopped server by those of the copy.</summary>
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
