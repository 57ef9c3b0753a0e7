using System.CommandLine;
using Garm.Cli.Access;
using Garm.Cli.Terminal;

namespace Garm.Cli.Commands;

/// <summary>Shows and picks what init and login have saved.</summary>
internal static class ProfileCommand
{
    public static Command Create(CliHost host) => new("profile", "List, switch and delete profiles")
    {
        List(host),
        Switch(host),
        Delete(host),
    };

    private static Command List(CliHost host)
    {
        var command = new Command("list", "List the profiles; the active one has a star") { Aliases = { "ls" } };
        command.SetAction(_ =>
        {
            var profiles = host.Profiles.Load();
            foreach (var (name, profile) in profiles.Profiles)
                host.Out.WriteLine($"{(name == profiles.Active ? '*' : ' ')} {name}\t{string.Join(' ', [profile.Url, .. profile.MoreUrls ?? []])}\t{profile.Username}");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Switch(CliHost host)
    {
        var name = new Argument<string>("name") { Description = "The profile to use from now on" };
        var command = new Command("switch", "Make a profile the active one") { name };
        command.SetAction(parsed =>
        {
            var profiles = host.Profiles.Load();
            var (wanted, _) = profiles.Get(parsed.GetValue(name));
            host.Profiles.Save(profiles with { Active = wanted });
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Delete(CliHost host)
    {
        var name = new Argument<string>("name") { Description = "The profile to forget" };
        var command = new Command("delete", "Forget a profile and its token") { name };
        command.Aliases.Add("rm");
        command.SetAction(parsed =>
        {
            var profiles = host.Profiles.Load();
            var (unwanted, _) = profiles.Get(parsed.GetValue(name));
            host.Profiles.Save(profiles.Without(unwanted));
            return ExitCodes.Ok;
        });
        return command;
    }
}
