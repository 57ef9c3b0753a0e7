using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Cli.Access;
using Garm.Cli.Events;
using Garm.Cli.Terminal;

namespace Garm.Cli.Commands;

/// <summary>The users of the hub; GARM has but one.</summary>
internal static class UsersCommand
{
    /// <summary>The environment variable with the password that a command sets.</summary>
    public const string NewPasswordVariable = "GARM_NEW_PASSWORD";

    public static Command Create(CliHost host) => new("users", "List, add, change and remove the hub's users")
    {
        List(host), Show(host), Add(host), Update(host), Password(host), Remove(host),
    };

    private static Command List(CliHost host)
    {
        var output = CommonOptions.Output("table, or json as the server sends it");
        var command = new Command("list", "List the users") { Aliases = { "ls" } };
        command.Options.Add(output);
        var options = new HubOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var users = await options.Open(host, parsed).GetOwnAsync("users", cancellationToken);
            JsonTables.PrintList(
                host, users, parsed.GetValue(output)!,
                ("USERNAME", "username"), ("ID", "id"), ("ENABLED", "enabled"), ("ADMIN", "is_admin"), ("EMAIL", "email"), ("FULL_NAME", "full_name"));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Show(CliHost host)
    {
        var user = UserArgument();
        var output = CommonOptions.Output("table, or json as the server sends it");
        var command = new Command("show", "Show a user") { user, output };
        var options = new HubOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var found = await FindAsync(options.Open(host, parsed), parsed.GetValue(user)!, cancellationToken);
            JsonTables.PrintOne(host, found, parsed.GetValue(output)!);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Add(CliHost host)
    {
        var username = CommonOptions.Username();
        var fields = new UserFields(isNew: true);
        var stdin = CommonOptions.PasswordStdin("the new user's password");
        var command = new Command("add", $"Add a user; the password is asked for, or from stdin or {NewPasswordVariable}") { username, stdin };
        fields.AddTo(command);
        var options = new HubOptions(command, ownPasswordFromStdin: false);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var hub = options.Open(host, parsed);
            var body = fields.Read(parsed);
            body["username"] = parsed.GetValue(username);
            body["password"] = await NewPassword(host, parsed.GetValue(stdin)).GetAsync(cancellationToken);
            var user = await hub.SendAsync(HttpMethod.Post, "users", body, cancellationToken);
            host.Out.WriteLine($"User {SafeText.Clean(EventFacts.Text(user, "username"))} has been added with the id {EventFacts.Text(user, "id")}.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Update(CliHost host)
    {
        var user = UserArgument();
        var username = new Option<string?>("--username", "-u") { Description = "Another user name" };
        var fields = new UserFields(isNew: false);
        var command = new Command("update", "Change a user; a user who is disabled or no administrator any more loses all sessions") { user, username };
        fields.AddTo(command);
        var options = new HubOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var body = fields.Read(parsed);
            if (parsed.GetValue(username) is { } name) body["username"] = name;
            if (body.Count == 0) throw CliFailure.Usage("nothing to change: give --enabled, --admin, --email, --full-name or --username");
            await ChangeAsync(host, options.Open(host, parsed), parsed.GetValue(user)!, body, cancellationToken);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Password(CliHost host)
    {
        var user = UserArgument();
        var stdin = CommonOptions.PasswordStdin("the new password");
        var command = new Command("password", $"Set a user's password, and end the user's sessions; it is asked for, or from stdin or {NewPasswordVariable}")
        {
            user, stdin,
        };
        var options = new HubOptions(command, ownPasswordFromStdin: false);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var hub = options.Open(host, parsed);
            var body = new JsonObject { ["password"] = await NewPassword(host, parsed.GetValue(stdin)).GetAsync(cancellationToken) };
            await ChangeAsync(host, hub, parsed.GetValue(user)!, body, cancellationToken);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Remove(CliHost host)
    {
        var user = UserArgument();
        var command = new Command("remove", "Remove a user, and end the user's sessions") { user };
        command.Aliases.Add("rm");
        var options = new HubOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var hub = options.Open(host, parsed);
            var found = await FindAsync(hub, parsed.GetValue(user)!, cancellationToken);
            await hub.SendAsync(HttpMethod.Delete, PathOf(found), null, cancellationToken);
            host.Out.WriteLine($"User {SafeText.Clean(EventFacts.Text(found, "username"))} has been removed.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Argument<string> UserArgument() => new("user") { Description = "The user's name or id" };

    private static PasswordSource NewPassword(CliHost host, bool fromStdin) =>
        new(host, null, fromStdin, NewPasswordVariable, "The new password:");

    private static string PathOf(JsonElement user) => $"users/{Uri.EscapeDataString(EventFacts.Text(user, "id"))}";

    private static async Task ChangeAsync(CliHost host, HubAccess hub, string user, JsonObject body, CancellationToken cancellationToken)
    {
        var found = await FindAsync(hub, user, cancellationToken);
        var changed = await hub.SendAsync(HttpMethod.Put, PathOf(found), body, cancellationToken);
        host.Out.WriteLine($"User {SafeText.Clean(EventFacts.Text(changed, "username"))} has been changed.");
    }

    private static async Task<JsonElement> FindAsync(HubAccess hub, string user, CancellationToken cancellationToken)
    {
        var users = (await hub.GetOwnAsync("users", cancellationToken)).EnumerateArray().ToList();
        foreach (var field in new[] { "username", "id" })
        {
            var found = users.Where(x => EventFacts.Text(x, field) == user).ToList();
            if (found.Count == 1) return found[0];
        }

        throw CliFailure.Failed($"there is no user '{user}'; there is: {string.Join(", ", users.Select(x => SafeText.Clean(EventFacts.Text(x, "username"))))}");
    }

    // What 'add' and 'update' have in common.
    private sealed class UserFields(bool isNew)
    {
        private readonly Option<string?> _email = new("--email", "-e") { Description = "The user's address", Required = isNew };
        private readonly Option<string?> _fullName = new("--full-name", "-f") { Description = "The user's full name" };

        private readonly Option<bool?> _admin = new("--admin")
        {
            Description = $"true or false: an administrator, who may use the API{(isNew ? " (default: false)" : "")}",
        };

        private readonly Option<bool?> _enabled = new("--enabled")
        {
            Description = $"true or false: whether the user may log in{(isNew ? " (default: true)" : "")}",
        };

        public void AddTo(Command command)
        {
            command.Options.Add(_email);
            command.Options.Add(_fullName);
            command.Options.Add(_admin);
            command.Options.Add(_enabled);
        }

        public JsonObject Read(ParseResult parsed)
        {
            var body = new JsonObject();
            if (parsed.GetValue(_email) is { } email) body["email"] = email;
            if (parsed.GetValue(_fullName) is { } name) body["full_name"] = name;
            if (parsed.GetValue(_admin) is { } admin) body["is_admin"] = admin;
            if (parsed.GetValue(_enabled) is { } enabled) body["enabled"] = enabled;
            return body;
        }
    }
}
