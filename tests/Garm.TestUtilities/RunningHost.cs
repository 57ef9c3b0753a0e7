using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Garm.TestUtilities;

/// <summary>The real host in its own process, on a free loopback port, with its own data folder.</summary>
public sealed partial class RunningHost : TestHost
{
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;

    /// <summary>The environment variable with the program's assembly, if it is not the one beside the tests.</summary>
    private const string Variable = "GARM_TEST_HOST";

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly string _folder;
    private readonly HostOutput _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Uri? _baseUrl;
    private bool _started;
    private bool _disposed;

    private RunningHost(IDictionary<string, string?> settings, string assembly, HostPlace place)
    {
        _folder = Directory.CreateTempSubdirectory("garm-host-").FullName;
        _process = new Process { StartInfo = StartInfo(_folder, settings, assembly, place), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => OnLine(line.Data);
        _process.ErrorDataReceived += (_, line) => _output.Add(line.Data);
        _process.Exited += (_, _) =>
            _address.TrySetException(new InvalidOperationException("the host ended before it listened"));
    }

    /// <summary>The program in the environment variable; null when it is not set.</summary>
    public static string? GivenAssembly => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;

    /// <inheritdoc />
    public override Uri BaseUrl => _baseUrl ?? throw new InvalidOperationException("the host has not started");

    /// <summary>The host's output so far, both streams.</summary>
    public override string Output => _output.ToString();

    /// <summary>The process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>The exit code; null while the host runs.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Starts a host and waits until it is ready.</summary>
    /// <param name="settings">
    /// Configuration keys (<c>Garm:Events:PollInterval</c>) that override the defaults: SQLite in a new folder that is deleted with
    /// the host, and the provider <c>fake</c>. A null removes a default.
    /// </param>
    /// <exception cref="InvalidOperationException">The host did not start; the message has its output.</exception>
    public static Task<RunningHost> StartAsync(IDictionary<string, string?> settings) =>
        StartAsync(settings, untilReady: true);

    /// <summary>Starts a host whose program is not beside the tests.</summary>
    public static Task<RunningHost> StartAsync(IDictionary<string, string?> settings, string assembly) =>
        StartAsync(settings, untilReady: true, assembly);

    /// <summary>Starts a host in another place than the tests.</summary>
    public static Task<RunningHost> StartAsync(IDictionary<string, string?> settings, HostPlace place) =>
        StartAsync(settings, untilReady: true, place: place);

    /// <summary>Starts a host and waits only until it listens, for a host that may not become ready.</summary>
    public static Task<RunningHost> StartListeningAsync(IDictionary<string, string?> settings, HostPlace? place = null) =>
        StartAsync(settings, untilReady: false, place: place);

    /// <summary>Starts the process and does not wait, for a test that disturbs the start.</summary>
    public static RunningHost Launch(IDictionary<string, string?> settings, string? assembly = null, HostPlace? place = null)
    {
        var host = new RunningHost(
            settings, assembly ?? GivenAssembly ?? Path.Combine(AppContext.BaseDirectory, "Garm.Host.dll"), place ?? HostPlace.Loopback);
        host._process.Start();
        TestRun.Started(host._process);
        host._started = true;
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Waits until the host has printed its address.</summary>
    public async Task WaitUntilListeningAsync() => _baseUrl = await _address.Task.WaitAsync(StartTimeout);

    private static async Task<RunningHost> StartAsync(
        IDictionary<string, string?> settings, bool untilReady, string? assembly = null, HostPlace? place = null)
    {
        var host = Launch(settings, assembly, place);
        try
        {
            await host.WaitUntilListeningAsync();
            if (untilReady) await host.WaitUntilReadyAsync();
            return host;
        }
        catch (Exception fault)
        {
            await host.DisposeAsync();
            throw new InvalidOperationException(
                $"the host did not start ({fault.Message}), exit code {host.ExitCode}; its output:\n{host.Output}",
                fault);
        }
    }

    /// <summary>Stops the host (SIGTERM) and waits for its end; kills it when it does not end in time.</summary>
    public override async Task StopAsync()
    {
        if (!_started || ExitCode is not null) return;

        if (!_process.HasExited) Terminate();
        using (var timeout = new CancellationTokenSource(StopTimeout))
        {
            try
            {
                await _process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                _output.Add($"killed: the host did not end within {StopTimeout.TotalSeconds} s");
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync();
            }
        }

        ExitCode = _process.ExitCode;
    }

    /// <summary>Ends the host as a crash does (SIGKILL).</summary>
    public async Task KillAsync()
    {
        Signal(SigKill);
        await _process.WaitForExitAsync();
        ExitCode = _process.ExitCode;
    }

    /// <summary>Pauses the host (SIGSTOP), like a paused virtual machine. When this returns, no thread of it runs.</summary>
    public void Pause()
    {
        Signal(SigStop);

        // A thread that is in the kernel, or on another processor, goes on for a moment: long enough to send an answer.
        if (!SpinWait.SpinUntil(() => IsStopped(), StopTimeout)) throw new TimeoutException("the host does not stop");
    }

    /// <summary>Resumes a paused host (SIGCONT).</summary>
    public void Resume() => Signal(SigCont);

    /// <summary>Kills a running host at the end of a test, because a clean stop takes seconds.</summary>
    public ValueTask DiscardAsync()
    {
        if (!_disposed && _started && !_process.HasExited) _process.Kill();
        return DisposeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;

        await StopAsync();
        if (_started) TestRun.Ended(_process.Id);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private bool IsStopped()
    {
        var threads = $"/proc/{_process.Id}/task";
        try
        {
            return !Directory.Exists(threads) || Directory.EnumerateDirectories(threads).All(IsStopped);
        }
        catch (IOException)
        {
            return false; // A thread ended meanwhile.
        }
    }

    private static bool IsStopped(string thread)
    {
        // The state follows the name, which is in parentheses and may itself contain some.
        var stat = File.ReadAllText(Path.Combine(thread, "stat"));
        return stat[stat.LastIndexOf(')') + 2] == 'T';
    }

    private static ProcessStartInfo StartInfo(
        string folder, IDictionary<string, string?> settings, string assembly, HostPlace place)
    {
        string[] command = [.. place.Launcher, "dotnet", assembly, "--urls", $"http://{place.Address}:0"];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The machine's settings for other hosts must not affect this one.
        foreach (var inherited in start.Environment.Keys.Where(IsHostSetting).ToList())
            start.Environment.Remove(inherited);

        foreach (var (key, value) in AllSettings(folder, settings)) start.Environment[key.Replace(":", "__")] = value;

        // Most of these hosts live for seconds: what the runtime spends on compiling hot code again, a quarter of a start, is never
        // earned back. One that lives longer gets it after ten quiet seconds (2710 hexadecimal, in milliseconds).
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "2710";

        // Mapping each piece of compiled code twice, once to write and once to run it, is a tenth of a start.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return start;
    }

    /// <inheritdoc />
    protected override bool HasEnded => _process.HasExited;

    private void OnLine(string? line)
    {
        _output.Add(line);
        if (line is not null && Listening().Match(line) is { Success: true } match)
            _address.TrySetResult(new Uri(match.Groups["url"].Value));
    }

    private void Terminate()
    {
        // Process has no method for SIGTERM; outside of Unix there is no such signal.
        if (OperatingSystem.IsWindows() || Kill(_process.Id, SigTerm) != 0) _process.Kill(entireProcessTree: true);
    }

    private void Signal(int signal)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("signals are Unix's");
        if (Kill(_process.Id, signal) != 0) throw new InvalidOperationException($"the host did not get signal {signal}");
    }

    [GeneratedRegex(@"Now listening on: (?<url>https?://[^\s""]+)")]
    private static partial Regex Listening();

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);
}
