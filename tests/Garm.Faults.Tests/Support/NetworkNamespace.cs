using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Garm.Cluster.Tests.Support;
using Microsoft.Win32.SafeHandles;

namespace Garm.Faults.Tests.Support;

/// <summary>
/// A network namespace of Linux (<c>ip netns</c>): a process inside has only the interfaces that the test adds.
/// Its name contains the id of the test's process, so that a later run can remove it if the process was killed.
/// </summary>
internal sealed class NetworkNamespace : IAsyncDisposable
{
    private const string Prefix = "garm-test-";
    private const string Folder = "/run/netns";
    private const int CloneNewNet = 0x40000000;

    private static readonly Lazy<Task<string?>> Obstacle = new(FindObstacleAsync);
    private static int _count;

    private NetworkNamespace(string name) => Name = name;

    public string Name { get; }

    /// <summary>The launcher that starts a program inside and becomes it.</summary>
    public string[] Launcher => ["ip", "netns", "exec", Name];

    /// <summary>Skips the test if the machine or the user may not create one.</summary>
    public static async Task SkipWhereNotPermittedAsync()
    {
        var obstacle = await Obstacle.Value;
        Skip.If(obstacle is not null, obstacle);
    }

    /// <summary>Creates one; its only interface is its loopback, which is down.</summary>
    public static Task<NetworkNamespace> CreateAsync() => CreateAsync(Environment.ProcessId);

    /// <summary>Creates one in the name of another process, for the test of its removal.</summary>
    public static async Task<NetworkNamespace> CreateAsync(int owner)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{owner}-{Interlocked.Increment(ref _count)}");
        await Command.RunAsync("ip", ["netns", "add", name]);
        return new NetworkNamespace(name);
    }

    /// <summary>Removes those of processes that have ended, and ends the processes inside.</summary>
    public static async Task RemoveLeftoversAsync()
    {
        foreach (var name in (await ListAsync()).Where(x => OwnerOf(x) is { } owner && !Path.Exists($"/proc/{owner}")))
        {
            try
            {
                await new NetworkNamespace(name).DisposeAsync();
            }
            catch (InvalidOperationException) when (!Path.Exists(Path.Combine(Folder, name)))
            {
                // Another process has removed it in the meantime.
            }
        }
    }

    /// <summary>The names of all namespaces.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync() =>
        [.. Lines(await Command.RunAsync("ip", ["netns", "list"])).Select(x => x.Split(' ')[0])];

    /// <summary>Runs <c>ip</c> commands inside, one a line.</summary>
    public Task IpAsync(string commands) => Command.RunAsync("ip", ["-n", Name, "-batch", "-"], commands);

    /// <summary>An interface inside, as JSON of <c>ip</c>.</summary>
    public Task<string> TellAsync(string link) => Command.RunAsync("ip", ["-n", Name, "-j", "-s", "link", "show", link]);

    /// <summary>The processes inside.</summary>
    public async Task<IReadOnlyList<int>> ProcessesAsync() =>
        [.. Lines(await Command.RunAsync("ip", ["netns", "pids", Name])).Select(x => int.Parse(x, CultureInfo.InvariantCulture))];

    /// <summary>Runs an action inside.</summary>
    public Task InsideAsync(Action work) => InsideAsync(() =>
    {
        work();
        return true;
    });

    /// <summary>Runs a function inside. A socket stays in the namespace where it was created, whichever thread uses it.</summary>
    public Task<T> InsideAsync<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);

        // A new thread that ends afterwards: a pool's thread would run other work inside.
        new Thread(() =>
        {
            try
            {
                using (var handle = File.OpenHandle(Path.Combine(Folder, Name)))
                {
                    if (SetNamespace(handle, CloneNewNet) != 0) throw new Win32Exception();
                }

                result.SetResult(work());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        })
        { IsBackground = true }.Start();
        return result.Task;
    }

    /// <summary>Ends the processes inside, and removes it.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var id in await ProcessesAsync())
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (ArgumentException)
            {
                // It has just ended.
            }
        }

        await Command.RunAsync("ip", ["netns", "del", Name]);
    }

    private static async Task<string?> FindObstacleAsync()
    {
        if (!OperatingSystem.IsLinux()) return "network namespaces are Linux's";
        try
        {
            await Command.RunAsync("bash", [Repository.PathOf(".ci/namespaces"), "probe"]);
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    private static int? OwnerOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(name.Split('-')[2], NumberStyles.None, CultureInfo.InvariantCulture, out var owner)
            ? owner
            : null;

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static extern int SetNamespace(SafeFileHandle handle, int kind);
}
