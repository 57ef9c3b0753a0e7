using System.CommandLine;
using Garm.Cli.Access;
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
        var command = new Command("show", "Show the controller's URLs");
        var options = new HubOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var hub = options.Open(host, parsed);
            Print(host, await hub.CallAsync(repeatable: true, api => api.GetControllerAsync(cancellationToken), cancellationToken));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Update(CliHost host)
    {
        var urls = new ControllerUrlOptions();
        var command = new Command("update", "Set the controller's URLs; those neither given nor set yet get their default");
        var options = new HubOptions(command);
        urls.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var hub = options.Open(host, parsed);
            var known = await hub.CallAsync(repeatable: true, api => api.GetControllerAsync(cancellationToken), cancellationToken);
            var update = urls.Read(parsed, hub.Addresses[0], known);
            Print(host, await hub.CallAsync(repeatable: true, api => api.UpdateControllerAsync(update, cancellationToken), cancellationToken));
            return ExitCodes.Ok;
        });
        return command;
    }
}
