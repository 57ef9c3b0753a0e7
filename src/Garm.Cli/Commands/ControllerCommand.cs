using System.CommandLine;
using Garm.Cli.Terminal;
using Garm.Client.Api;

namespace Garm.Cli.Commands;

/// <summary>Shows the controller's URLs and sets them: what a server asks for that says <c>urls_required</c>.</summary>
internal static class ControllerCommand
{
    public static Command Create(CliHost host) => new("controller", "Show and set the controller's URLs")
    {
        Show(host),
        Update(host),
    };

    public static void Print(CliHost host, ControllerInfo controller)
    {
        Line("controller", controller.ControllerId);
        Line("metadata", controller.MetadataUrl);
        Line("callback", controller.CallbackUrl);
        Line("webhook", controller.WebhookUrl);
        Line("agent", controller.AgentUrl);

        void Line(string what, string? value) =>
            host.Out.WriteLine($"{what,-12}{(string.IsNullOrEmpty(value) ? "not set" : value)}");
    }

    private static Command Show(CliHost host)
    {
        var name = CommonOptions.Name("The profile to use (default: the active one)");
        var command = new Command("show", "Show the controller's URLs") { name };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (_, profile) = host.Profiles.Load().Get(parsed.GetValue(name));
            using var api = new GarmApiClient(new Uri(profile.Url), profile.Token);
            Print(host, await api.GetControllerAsync(cancellationToken));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Update(CliHost host)
    {
        var name = CommonOptions.Name("The profile to use (default: the active one)");
        var urls = new ControllerUrlOptions();
        var command = new Command("update", "Set the controller's URLs; those neither given nor set yet get their default") { name };
        urls.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (_, profile) = host.Profiles.Load().Get(parsed.GetValue(name));
            var address = new Uri(profile.Url);
            using var api = new GarmApiClient(address, profile.Token);
            var update = urls.Read(parsed, address, await api.GetControllerAsync(cancellationToken));
            Print(host, await api.UpdateControllerAsync(update, cancellationToken));
            return ExitCodes.Ok;
        });
        return command;
    }
}
