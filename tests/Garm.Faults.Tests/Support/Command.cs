using System.Diagnostics;

namespace Garm.Faults.Tests.Support;

/// <summary>Runs programs of the machine.</summary>
internal static class Command
{
    /// <summary>Runs a program to its end; returns its output.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">Its input; empty by default.</param>
    /// <param name="environment">Variables in addition to the test's own.</param>
    /// <exception cref="InvalidOperationException">It failed; the message has its error output.</exception>
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
            // It has ended without reading, and its error output says more than this exception.
        }

        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? (await answer).Trim()
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {(await complaints).Trim()}");
    }
}
