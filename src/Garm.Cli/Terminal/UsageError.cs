using System.CommandLine;

namespace Garm.Cli.Terminal;

/// <summary>Says in one line what is wrong with a command line, and what the command takes instead.</summary>
internal static class UsageError
{
    public static string Describe(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = Path(command);

        // The parser complains about the missing command first, and that is true but not what was mistyped.
        var what = parsed.UnmatchedTokens.Count > 0
            ? $"'{parsed.UnmatchedTokens[0]}' is not known to '{path}'"
            : parsed.Errors[0].Message.TrimEnd('.');
        var accepted = command.Subcommands.Count > 0
            ? command.Subcommands.Select(subcommand => subcommand.Name)
            : command.Arguments.Select(argument => $"<{argument.Name}>").Concat(command.Options.Select(option => option.Name));
        return $"{what}; '{path}' takes: {string.Join(", ", accepted)}";
    }

    private static string Path(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent
        ? $"{Path(parent)} {command.Name}"
        : "garmctl";
}
