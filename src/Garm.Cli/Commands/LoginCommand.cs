using System.CommandLine;
using Garm.Cli.Profiles;
using Garm.Cli.Terminal;

namespace Garm.Cli.Commands;

/// <summary>Gets a token for a running server: the first one, or a fresh one for a profile.</summary>
internal static class LoginCommand
{
    public static Command Create(CliHost host)
    {
        var name = CommonOptions.Name($"The profile to save (default: the active one, or {Profile.DefaultName})");
        var url = CommonOptions.HubUrl("The server's base URL (default: the profile's)", required: false);
        var username = CommonOptions.Username();
        var password = CommonOptions.Password();

        var command = new Command("login", "Log in to a running server and save the token") { name, url, username, password };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var profiles = host.Profiles.Load();
            var profileName = parsed.GetValue(name) ?? profiles.Active ?? Profile.DefaultName;
            var address = parsed.GetValue(url) ?? KnownAddress(profiles, profileName);

            var secret = await CommonOptions.PasswordOrAskAsync(parsed.GetValue(password), host, cancellationToken);
            var profile = await Logins.LoginAsync(address, parsed.GetValue(username)!, secret, cancellationToken);
            host.Profiles.Save(profiles.With(profileName, profile));
            host.Out.WriteLine($"Logged in to {address}; profile '{profileName}' is saved in {host.Profiles.Path} and active.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Uri KnownAddress(ProfileSet profiles, string name) =>
        profiles.Profiles.TryGetValue(name, out var profile)
            ? new Uri(profile.Url)
            : throw CliFailure.Usage($"there is no profile '{name}' yet; give the server's base URL with --url");
}
