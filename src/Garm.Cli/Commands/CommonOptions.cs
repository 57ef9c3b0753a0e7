using System.CommandLine;
using Garm.Cli.Terminal;
using Garm.Client;

namespace Garm.Cli.Commands;

/// <summary>The options that several commands share; names and letters are those of GARM's own CLI.</summary>
internal static class CommonOptions
{
    public static Option<string?> Name(string description) => new("--name", "-n") { Description = description };

    public static Option<Uri?> HubUrl(string description, bool required)
    {
        var option = Url("--url", description);
        option.Aliases.Add("-a");
        option.Required = required;
        return option;
    }

    public static Option<string> Username() =>
        new("--username", "-u") { Description = "The user name", Required = true };

    public static Option<string?> Password() =>
        new("--password", "-p") { Description = "The password; asked for when left out on a terminal" };

    /// <summary>A URL; http and https are always accepted, <paramref name="moreSchemes"/> beside them.</summary>
    public static Option<Uri?> Url(string name, string description, params string[] moreSchemes) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (HubAddress.TryParse(text, out var address)) return address;
            var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var other);
            if (isUrl && other!.UserInfo != "")
            {
                // Not repeated: there is a password in it.
                result.AddError($"{name}: a URL with a user name or password in it is not accepted; use --username and --password");
                return null;
            }

            if (isUrl && moreSchemes.Contains(other!.Scheme)) return other;
            var schemes = string.Join(", ", ["http", "https", .. moreSchemes]);
            result.AddError($"{name}: '{text}' is not accepted; it takes an absolute URL ({schemes}) without a query");
            return null;
        },
    };

    public static async Task<string> PasswordOrAskAsync(string? password, CliHost host, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(password)) return password;
        if (host.AskSecret is null)
            throw CliFailure.Usage("no password: give --password, or run this on a terminal to be asked for it");
        return await host.AskSecret("Password:", cancellationToken);
    }
}
