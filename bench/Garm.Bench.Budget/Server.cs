using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Garm.Bench.Budget;

/// <summary>A measured server in a process and a folder of its own.</summary>
internal abstract class Server : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("garm-bench-").FullName;
    private Process? _process;

    public abstract string Name { get; }

    public int Port { get; } = Checkout.FreePort();

    /// <summary>Its folder, which goes with it.</summary>
    protected string Folder => _folder;

    public int Pid => _process!.Id;

    /// <summary>How the load generator speaks to it: its part of the command line.</summary>
    public abstract IReadOnlyList<string> LoadArguments(string subscribe);

    /// <summary>Signs webhook deliveries, and the bare loop's tokens.</summary>
    public const string Secret = "a secret of thirty-two characters or more";

    /// <summary>How it is written to.</summary>
    public abstract IReadOnlyList<string> WriteArguments { get; }

    /// <summary>How one of the endpoints <c>e0</c> to <c>e3</c> is changed over REST.</summary>
    public virtual IReadOnlyList<string> WriteTo(string endpoint) => throw new NotSupportedException($"{Name} has no endpoints");

    public async Task StartAsync()
    {
        var start = StartInfo(_folder);
        start.WorkingDirectory = _folder;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        _process.BeginOutputReadLine();
        if (Name != "nats") _process.BeginErrorReadLine();
        await WaitForPortAsync();
        await PrepareAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            if (!_process.HasExited) _ = Kill(_process.Id, 15);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    protected abstract ProcessStartInfo StartInfo(string folder);

    protected virtual Task PrepareAsync() => Task.CompletedTask;

    private async Task WaitForPortAsync()
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", Port);
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(since) < Patience && !_process!.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);
}
