using System.CommandLine;
using Garm.Client;
using Garm.Client.Api;

namespace Garm.Cli.Commands;

/// <summary>The URLs at which runners, forges and agents reach the server; GARM's CLI derives them from the base URL.</summary>
internal sealed class ControllerUrlOptions
{
    private readonly Option<Uri?> _metadata =
        CommonOptions.Url("--metadata-url", "Where runners fetch their metadata (default: <url>/api/v1/metadata)");

    private readonly Option<Uri?> _callback =
        CommonOptions.Url("--callback-url", "Where runners report their status (default: <url>/api/v1/callbacks)");

    private readonly Option<Uri?> _webhook =
        CommonOptions.Url("--webhook-url", "Where forges send webhooks (default: <url>/webhooks)");

    private readonly Option<Uri?> _agent =
        CommonOptions.Url("--agent-url", "Where agents connect (default: <url>/agent)", "ws", "wss");

    public void AddTo(Command command)
    {
        command.Options.Add(_metadata);
        command.Options.Add(_callback);
        command.Options.Add(_webhook);
        command.Options.Add(_agent);
    }

    /// <summary>What was given; the default for what was not and is not <paramref name="known"/> to be set.</summary>
    public ControllerUpdate Read(ParseResult parsed, Uri address, ControllerInfo? known = null)
    {
        return new ControllerUpdate(
            Value(_metadata, known?.MetadataUrl, "api/v1/metadata"),
            Value(_callback, known?.CallbackUrl, "api/v1/callbacks"),
            Value(_webhook, known?.WebhookUrl, "webhooks"),
            Value(_agent, known?.AgentUrl, "agent"));

        string? Value(Option<Uri?> option, string? current, string defaultPath)
        {
            if (parsed.GetValue(option) is { } given) return given.AbsoluteUri.TrimEnd('/');
            return string.IsNullOrEmpty(current) ? HubAddress.Under(address, defaultPath) : null;
        }
    }
}
