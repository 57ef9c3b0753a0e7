using Garm.Contracts.Entities;
using Garm.Data.Model;
using Garm.Log.Sources;

namespace Garm.Data.Sources;

/// <summary>What the REST API shows of a source.</summary>
internal static class SourceViews
{
    /// <summary>As a reader gets it.</summary>
    public static SourceView ToView(this Source source) => new()
    {
        Name = source.Name,
        CreatedAt = source.CreatedAt,
        UpdatedAt = source.UpdatedAt,
        Url = source.Url,
        Username = source.Username,
        CaCertBundle = source.CaBundle.Length == 0 ? null : source.CaBundle,
        RelistSeconds = source.RelistSeconds,
        Enabled = source.Enabled,
        Hosts = [.. source.Hosts.Select(x => x.Host).Order(StringComparer.Ordinal)],
        Status = source.Status.ToView(source.Enabled),
    };

    private static SourceStatusView ToView(this SourceStatus status, bool isEnabled) => new()
    {
        State = !isEnabled ? SourceStates.Disabled : status.State is "" or SourceStates.Disabled ? SourceStates.Connecting : status.State,
        Message = isEnabled ? status.Message : "",
        ControllerId = status.ControllerId,
        Version = status.Version,
        Node = isEnabled ? status.Node : "",
        Entities = status.Entities,
        Repairs = status.Repairs,
        LastEventAt = status.LastEventAt,
        LastListAt = status.LastListAt,
    };
}
