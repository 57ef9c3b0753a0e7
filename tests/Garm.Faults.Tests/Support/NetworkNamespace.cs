using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Garm.Cluster.Tests.Support;
using Microsoft.Win32.SafeHandles;

namespace Garm.Faults.Tests.Support;

/// <summary>
/// A network namespace of Linux's (<c>ip netns</c>): what runs inside has the interfaces that the test gives it, and no other.
/// Its name has the number of the test's process, so that it is known whose it was should the process not live to remove it.
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

    /// <summary>What starts a program inside and becomes it.</summary>
    public string[] Launcher => ["ip", "netns", "exec", Name];

    /// <summary>Skips the test where the machine lets nobody, or not this user, make one.</summary>
    public static async Task SkipWhereNotPermittedAsync()
    {
        var obstacle = await Obstacle.Value;
        Skip.If(obstacle is not null, obstacle);
    }

    /// <summary>Makes one; it has no interface but its own loopback, which is down.</summary>
    public static Task<NetworkNamespace> CreateAsync() => CreateAsync(Environment.ProcessId);

    /// <summary>Makes one as another process does, for the test of what becomes of it.</summary>
    public static async Task<NetworkNamespace> CreateAsync(int owner)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{owner}-{Interlocked.Increment(ref _count)}");
        await Command.RunAsync("ip", ["netns", "add", name]);
        return new NetworkNamespace(name);
    }

    /// <summary>Removes those of processes that have ended, and what still runs inside.</summary>
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
                // Somebody else has removed it in the meantime.
            }
        }
    }

    /// <summary>The names of all.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync() =>
        [.. Lines(await Command.RunAsync("ip", ["netns", "list"])).Select(x => x.Split(' ')[0])];

    /// <summary>Gives <c>ip</c> commands inside, one a line.</summary>
    public Task IpAsync(string commands) => Command.RunAsync("ip", ["-n", Name, "-batch", "-"], commands);

    /// <summary>What <c>ip</c> tells of an interface inside, as JSON.</summary>
    public Task<string> TellAsync(string link) => Command.RunAsync("ip", ["-n", Name, "-j", "-s", "link", "show", link]);

    /// <summary>The processes inside.</summary>
    public async Task<IReadOnlyList<int>> ProcessesAsync() =>
        [.. Lines(await Command.RunAsync("ip", ["netns", "pids", Name])).Select(x => int.Parse(x, CultureInfo.InvariantCulture))];

    /// <summary>Does something inside.</summary>
    public Task InsideAsync(Action work) => InsideAsync(() =>
    {
        work();
        return true;
    });

    /// <summary>Does something inside. A socket stays where it was made, whoever uses it.</summary>
    public Task<T> InsideAsync<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);

        // A thread of its own: it never comes back, and one of the pool's would take others' work inside.
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

    /// <summary>Ends what still runs inside, and removes it.</summary>
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
