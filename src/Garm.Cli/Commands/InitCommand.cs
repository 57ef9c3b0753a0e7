using System.CommandLine;
using System.Net;
using Garm.Cli.Profiles;
using Garm.Cli.Terminal;
using Garm.Client.Api;

namespace Garm.Cli.Commands;

/// <summary>Sets up a new server: its administrator, the controller's URLs, and a profile for it here.</summary>
internal static class InitCommand
{
    public static Command Create(CliHost host)
    {
        var name = CommonOptions.Name($"The profile to save (default: {Profile.DefaultName})");
        var url = CommonOptions.HubUrl("The server's base URL", required: true);
        var username = CommonOptions.Username();
        var email = new Option<string>("--email", "-e") { Description = "The administrator's address", Required = true };
        var fullName = new Option<string?>("--full-name", "-f") { Description = "The administrator's full name" };
        var password = CommonOptions.Password();
        var urls = new ControllerUrlOptions();

        var command = new Command("init", "Make the administrator of a new server and set the controller's URLs")
        {
            name, url, username, email, fullName, password,
        };
        urls.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var profileName = parsed.GetValue(name) ?? Profile.DefaultName;
            var address = parsed.GetValue(url)!;
            RefuseForeignProfile(host, profileName, address);

            var secret = await CommonOptions.PasswordOrAskAsync(parsed.GetValue(password), host, cancellationToken);
            var user = new NewUser(
                parsed.GetValue(username)!, parsed.GetValue(email)!, secret, parsed.GetValue(fullName));
            await FirstRunAsync(address, user, cancellationToken);

            // Saved before the URLs are set: if that fails, 'controller update' can go on from here.
            var profile = await Logins.LoginAsync(address, user.Username, secret, cancellationToken);
            host.Profiles.Save(host.Profiles.Load().With(profileName, profile));

            using var api = new GarmApiClient(address, profile.Token);
            var controller = await api.UpdateControllerAsync(urls.Read(parsed, address), cancellationToken);
            host.Out.WriteLine($"The server at {address} is set up; its administrator is {user.Username}.");
            ControllerCommand.Print(host, controller);
            host.Out.WriteLine($"Profile '{profileName}' is saved in {host.Profiles.Path} and active.");
            return ExitCodes.Ok;
        });
        return command;
    }

    // The same server's old profile is worthless once the server is new; another server's token is not ours to drop.
    private static void RefuseForeignProfile(CliHost host, string name, Uri address)
    {
        if (host.Profiles.Load().Profiles.TryGetValue(name, out var existing) && new Uri(existing.Url) != address)
        {
            throw CliFailure.Usage($"profile '{name}' is for {existing.Url}; "
                + "choose another --name or run 'garm-cli profile delete' first");
        }
    }

    private static async Task FirstRunAsync(Uri address, NewUser user, CancellationToken cancellationToken)
    {
        using var api = new GarmApiClient(address);
        try
        {
            await api.FirstRunAsync(user, cancellationToken);
        }
        catch (GarmApiException e) when (e.Status == HttpStatusCode.Conflict)
        {
            throw CliFailure.Failed($"the server at {address} is initialised already ({e.ApiError}); "
                + "run 'garm-cli login' with one of its users");
        }
    }
}
