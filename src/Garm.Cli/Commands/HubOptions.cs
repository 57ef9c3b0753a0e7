using System.CommandLine;
using Garm.Cli.Access;

namespace Garm.Cli.Commands;

/// <summary>Which profile a command uses, and where it has the password from should the profile's token have ended.</summary>
internal sealed class HubOptions
{
    private readonly Option<string?> _name = CommonOptions.Name("The profile to use (default: the active one)");
    private readonly Option<bool>? _stdin;

    /// <param name="command">The command that gets the options.</param>
    /// <param name="ownPasswordFromStdin">False where stdin has another password, which the command sets.</param>
    public HubOptions(Command command, bool ownPasswordFromStdin = true)
    {
        command.Options.Add(_name);
        if (!ownPasswordFromStdin) return;
        _stdin = CommonOptions.PasswordStdin("your password, should the token have ended,");
        command.Options.Add(_stdin);
    }

    public HubAccess Open(CliHost host, ParseResult parsed) => new(
        host, parsed.GetValue(_name), CommonOptions.OwnPassword(host, null, _stdin is not null && parsed.GetValue(_stdin)));
}
