using System.Diagnostics;

namespace Garm.Faults.Tests.Support;

/// <summary>Programs of the machine that a test needs.</summary>
internal static class Command
{
    /// <summary>Runs one to its end; what it wrote.</summary>
    /// <param name="program">Which.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads; nothing unless given.</param>
    /// <param name="environment">Variables beside the test's own.</param>
    /// <exception cref="InvalidOperationException">It failed; the message says with what complaint.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, string input = "", params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync();
        var answer = process.StandardOutput.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading, and its complaint says more than that.
        }

        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? (await answer).Trim()
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {(await complaints).Trim()}");
    }
}
