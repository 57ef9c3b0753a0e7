using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Garm.Cli.Access;
using Garm.Cli.Terminal;

namespace Garm.Cli.Commands;

/// <summary>
/// Has the hub's program copy its database, on the machine where the hub is: only that program knows the hub's settings and its
/// database, and it makes the copy under a running hub as well.
/// </summary>
internal static class BackupCommand
{
    /// <summary>The environment variable that names the hub's program.</summary>
    public const string Variable = "GARM_HUB";

    private const string Program = "Garm.Host.dll";

    public static Command Create(CliHost host)
    {
        var file = new Argument<string>("file") { Description = "The copy: a file that is not there yet" };
        var settings = new Argument<string[]>("settings")
        {
            Description = "Settings of the hub that are not in its environment, after --: --Garm:DataDirectory=/data",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var program = new Option<FileInfo?>("--hub")
        {
            Description = $"The hub's program, {Program} (default: {Variable}, or the one beside garmctl)",
        };
        var command = new Command("backup", "Copy the hub's SQLite database, on the hub's machine") { file, settings, program };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var hub = Find(host, parsed.GetValue(program));
            string[] arguments = [hub, "backup", parsed.GetValue(file)!, .. parsed.GetValue(settings) ?? []];
            using var process = Start(arguments);

            // The copy is not left running without anybody to tell.
            await using var ended = cancellationToken.Register(process.Kill);
            await Task.WhenAll(
                CopyAsync(process.StandardOutput, host.Out, cancellationToken), CopyAsync(process.StandardError, host.Error, cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        });
        return command;
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception e)
        {
            throw CliFailure.Failed($"'dotnet' cannot be started ({e.Message}); the hub's program needs the .NET runtime on PATH");
        }
    }

    private static string Find(CliHost host, FileInfo? given)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, Program);
        var path = given?.FullName ?? (host.Environment(Variable) is { Length: > 0 } set ? Path.GetFullPath(set) : beside);
        return File.Exists(path)
            ? path
            : throw CliFailure.Usage(
                $"the hub's program is not at {path}: run this where the hub is, and give its {Program} with --hub or {Variable}. "
                + "Databases on a server are copied by its own tools (pg_dump, BACKUP DATABASE)");
    }

    private static async Task CopyAsync(TextReader from, TextWriter to, CancellationToken cancellationToken)
    {
        while (await from.ReadLineAsync(cancellationToken) is { } line) await to.WriteLineAsync(line);
    }
}
