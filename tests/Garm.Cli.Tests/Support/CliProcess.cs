using System.Diagnostics;
using Garm.Cli.Terminal;
using Garm.TestUtilities;

namespace Garm.Cli.Tests.Support;

/// <summary>The built program as a process of its own.</summary>
internal sealed class CliProcess : IDisposable
{
    private readonly Process _process;

    private CliProcess(Process process)
    {
        _process = process;
        TestRun.Started(process);
    }

    public static CliProcess Start(string configFile, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "garmctl.dll"));
        foreach (var arg in args) start.ArgumentList.Add(arg);
        start.Environment["GARMCTL_CONFIG"] = configFile;
        return new CliProcess(Process.Start(start)!);
    }

    public Task<string?> NextOutAsync(string what) => Wait.ForAsync(what, _process.StandardOutput.ReadLineAsync());

    public Task<string?> NextErrorAsync(string what) => Wait.ForAsync(what, _process.StandardError.ReadLineAsync());

    public Task<string> RestOfErrorAsync() => Wait.ForAsync("the end of stderr", _process.StandardError.ReadToEndAsync());

    public void CloseOut() => _process.StandardOutput.Close();

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await Wait.ForAsync($"kill -{signal}", kill.WaitForExitAsync());
    }

    public async Task<int> ExitCodeAsync()
    {
        await Wait.ForAsync("the process' end", _process.WaitForExitAsync());
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        TestRun.Ended(_process.Id);
        _process.Dispose();
    }
}
