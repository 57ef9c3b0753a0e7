using System.Diagnostics;
using System.Globalization;

namespace Garm.TestUtilities;

/// <summary>
/// Cleans up after a test process, however it ends: after Ctrl-C, and even after a kill, neither the
/// processes that its tests started nor a folder remain. Its temporary files are all in one folder, and a separate shell reads
/// from a pipe that only this process writes to: when the pipe ends, the process has ended, and the shell cleans up.
/// </summary>
public static class TestRun
{
    // The shell ignores the signals that a terminal sends to the whole process group. It ends processes first, since they write files;
    // a PostgreSQL server has left the group, and is found by its data folder.
    private const string CleanUp = """
        trap '' INT TERM HUP QUIT
        pids=' '
        while read -r what pid; do
          case "$what" in
            started) pids="$pids$pid " ;;
            ended) pids="${pids%% "$pid" *} ${pids#* "$pid" }" ;;
          esac
        done
        for pid in $pids; do kill -9 "$pid"; done
        find "$1" -name postmaster.pid -exec head -n 1 {} \; | while read -r pid; do kill -QUIT "$pid"; done
        while read -r device folder rest; do
          case "$folder" in "$1"/*) umount -l "$folder" ;; esac
        done < /proc/mounts
        for try in 1 2 3 4 5; do
          rm -rf "$1" && break
          sleep 1
        done
        """;

    private static readonly Lock Gate = new();

    private static Process? _shell;
    private static bool _hasBegun;

    /// <summary>Called once in each test assembly before its first test.</summary>
    public static void Begin()
    {
        lock (Gate)
        {
            if (_hasBegun) return;
            _hasBegun = true;
        }

        // A short name: a socket's path must not be longer than a hundred characters.
        var folder = Directory.CreateTempSubdirectory("garm-").FullName;
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable("TMP", folder);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
            return;
        }

        // A PostgreSQL server of a test runs as another user, who must be able to enter its folder.
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        Environment.SetEnvironmentVariable("TMPDIR", folder);
        _shell = Process.Start(new ProcessStartInfo("sh", ["-c", CleanUp, "sh", folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        });
    }

    /// <summary>Registers a process that has to end with this one.</summary>
    public static void Started(Process process) => Tell("started", process.Id);

    /// <summary>A process has ended: its id may be reused.</summary>
    public static void Ended(int processId) => Tell("ended", processId);

    private static void Tell(string what, int processId)
    {
        lock (Gate)
        {
            if (_shell is null) return;
            _shell.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {processId}"));
            _shell.StandardInput.Flush();
        }
    }
}
