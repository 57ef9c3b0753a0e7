using System.CommandLine;
using System.Net;
using Garm.Cli.Access;
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
        var hubUrls = CommonOptions.HubUrls("The server's base URL", required: true);
        var username = CommonOptions.Username();
        var email = new Option<string>("--email", "-e") { Description = "The administrator's address", Required = true };
        var fullName = new Option<string?>("--full-name", "-f") { Description = "The administrator's full name" };
        var password = CommonOptions.Password();
        var stdin = CommonOptions.PasswordStdin("the password");
        var urls = new ControllerUrlOptions();

        var command = new Command("init", "Make the administrator of a new server and set the controller's URLs")
        {
            name, hubUrls, username, email, fullName, password, stdin,
        };
        urls.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var profileName = parsed.GetValue(name) ?? Profile.DefaultName;
            var addresses = parsed.GetValue(hubUrls)!;
            RefuseForeignProfile(host, profileName, addresses);

            var source = CommonOptions.OwnPassword(host, parsed.GetValue(password), parsed.GetValue(stdin));
            var nodes = new NodeList(addresses, host.Say);
            var wanted = new NewUser(
                parsed.GetValue(username)!, parsed.GetValue(email)!, await source.GetAsync(cancellationToken), parsed.GetValue(fullName));
            var user = await FirstRunAsync(host, nodes, wanted, source, cancellationToken);

            // Saved before the URLs are set: if that fails, 'controller update' can go on from here.
            var token = await Logins.LoginAsync(nodes, user.Username, user.Password, cancellationToken);
            host.Profiles.Save(host.Profiles.Load().With(profileName, Profile.Of(addresses, user.Username, token)));

            var address = nodes.InOrder[0];
            using var api = new GarmApiClient(address, token);
            var controller = await api.UpdateControllerAsync(urls.Read(parsed, address), cancellationToken);
            host.Out.WriteLine($"The server at {address} is set up; its administrator is {user.Username}.");
            ControllerCommand.Print(host, controller);
            host.Out.WriteLine($"Profile '{profileName}' is saved in {host.Profiles.Path} and active.");
            return ExitCodes.Ok;
        });
        return command;
    }

    // The same server's old profile is worthless once the server is new; another server's token is not ours to drop.
    private static void RefuseForeignProfile(CliHost host, string name, IReadOnlyList<Uri> addresses)
    {
        if (host.Profiles.Load().Profiles.TryGetValue(name, out var existing) && !existing.Addresses.Any(addresses.Contains))
        {
            throw CliFailure.Usage($"profile '{name}' is for {existing.Url}; "
                + "choose another --name or run 'garmctl profile delete' first");
        }
    }

    // A password that was typed may be typed again: everything else was right.
    private static async Task<NewUser> FirstRunAsync(
        CliHost host, NodeList nodes, NewUser user, PasswordSource source, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await nodes.FirstAnswerAsync(repeatable: false, async address =>
                {
                    using var api = new GarmApiClient(address);
                    return await api.FirstRunAsync(user, cancellationToken);
                });
                return user;
            }
            catch (GarmApiException e) when (e.Status == HttpStatusCode.Conflict)
            {
                throw CliFailure.Failed($"the server at {nodes.InOrder[0]} is initialised already ({e.ApiError}); "
                    + "run 'garmctl login' with one of its users");
            }
            catch (GarmApiException e) when (BaseUrls.IsNoHub(e.ApiError))
            {
                throw CliFailure.Failed(BaseUrls.WithHint(Refusals.Describe(e.ApiError), nodes.InOrder[0]));
            }
            catch (GarmApiException e) when (source.WasAsked && e.Status == HttpStatusCode.BadRequest
                && e.Details.Contains("password", StringComparison.OrdinalIgnoreCase))
            {
                host.Say($"{Refusals.Describe(e.ApiError)}; try another one");
                user = user with { Password = await source.AskAgainAsync(cancellationToken) };
            }
        }
    }
}
