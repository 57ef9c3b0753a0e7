using System.CommandLine;
using Garm.Cli.Access;
using Garm.Cli.Profiles;
using Garm.Cli.Terminal;

namespace Garm.Cli.Commands;

/// <summary>Gets a token for a running server: the first one, or a fresh one for a profile.</summary>
internal static class LoginCommand
{
    public static Command Create(CliHost host)
    {
        var name = CommonOptions.Name($"The profile to save (default: the active one, or {Profile.DefaultName})");
        var urls = CommonOptions.HubUrls("The server's base URL (default: the profile's)", required: false);
        var username = CommonOptions.Username();
        var password = CommonOptions.Password();
        var stdin = CommonOptions.PasswordStdin("the password");

        var command = new Command("login", "Log in to a running server and save the token") { name, urls, username, password, stdin };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var profiles = host.Profiles.Load();
            var profileName = parsed.GetValue(name) ?? profiles.Active ?? Profile.DefaultName;
            var addresses = parsed.GetValue(urls) is { Length: > 0 } given ? given : KnownAddresses(profiles, profileName);

            var source = CommonOptions.OwnPassword(host, parsed.GetValue(password), parsed.GetValue(stdin));
            var user = parsed.GetValue(username)!;
            var nodes = new NodeList(addresses, host.Say);
            var token = await Logins.LoginAsync(nodes, user, await source.GetAsync(cancellationToken), cancellationToken);
            host.Profiles.Save(profiles.With(profileName, Profile.Of(addresses, user, token)));
            host.Out.WriteLine($"Logged in to {nodes.InOrder[0]}; profile '{profileName}' is saved in {host.Profiles.Path} and active.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static IReadOnlyList<Uri> KnownAddresses(ProfileSet profiles, string name) =>
        profiles.Profiles.TryGetValue(name, out var profile)
            ? profile.Addresses
            : throw CliFailure.Usage($"there is no profile '{name}' yet; give the server's base URL with --url");
}
