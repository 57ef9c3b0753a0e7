using System.Text.RegularExpressions;
using Garm.Contracts;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Values;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Controller;

/// <summary>The controller's settings; checks and messages are GARM's (recorded in <c>controller-*</c>).</summary>
public sealed partial class ControllerStore(UnitOfWork work)
{
    /// <summary>GARM's default URL of the agent's releases.</summary>
    internal const string DefaultAgentReleasesUrl = "https://api.github.com/repos/cloudbase/garm-agent/releases";

    private const string Latest = "latest";

    /// <summary>The settings.</summary>
    public Task<ControllerView> GetAsync(CancellationToken cancellation) => work.ReadAsync(
        async db => (await db.Controllers.SingleAsync(cancellation)).ToView(GarmVersion.Text), cancellation);

    /// <summary>Whether the URLs that runners and forges need are set; the agent's URL is derived from the callback URL.</summary>
    public Task<bool> HasUrlsAsync(CancellationToken cancellation) => work.ReadAsync(
        db => db.Controllers.AnyAsync(x => x.MetadataUrl != "" && x.CallbackUrl != "", cancellation), cancellation);

    /// <summary>Changes the fields that the request has.</summary>
    public Task<ControllerView> UpdateAsync(UpdateControllerRequest request, CancellationToken cancellation)
    {
        Validate(request);
        return work.WriteAsync(
            async db =>
            {
                var controller = await db.Controllers.SingleAsync(cancellation);
                Apply(request, controller);
                ApplyCaBundle(request, db, controller);
                return controller;
            },
            controller => controller.ToView(GarmVersion.Text),
            cancellation);
    }

    /// <summary>Refuses to fetch the agent's tools.</summary>
    /// <exception cref="GarmException">409, always: fetching is switched off, or this hub does not fetch them.</exception>
    public async Task SyncToolsAsync(CancellationToken cancellation)
    {
        var controller = await GetAsync(cancellation).ConfigureAwait(false);
        throw GarmException.Conflict(controller.EnableAgentToolsSync
            ? "this hub does not fetch GARM agent tools: upload them"
            : "GARM agent tools sync is disabled");
    }

    private static void Apply(UpdateControllerRequest request, ControllerInfo controller)
    {
        controller.MetadataUrl = request.MetadataUrl ?? controller.MetadataUrl;
        controller.CallbackUrl = request.CallbackUrl ?? controller.CallbackUrl;
        controller.WebhookUrl = request.WebhookUrl ?? controller.WebhookUrl;
        controller.AgentUrl = request.AgentUrl ?? controller.AgentUrl;
        controller.AgentReleasesUrl = request.AgentReleasesUrl is "" ? DefaultAgentReleasesUrl
            : request.AgentReleasesUrl ?? controller.AgentReleasesUrl;
        controller.EnableAgentToolsSync = request.EnableAgentToolsSync ?? controller.EnableAgentToolsSync;
        controller.AllowInsecureAgent = request.AllowInsecureAgent ?? controller.AllowInsecureAgent;
        controller.MinimumJobAgeBackoff = request.MinimumJobAgeBackoff ?? controller.MinimumJobAgeBackoff;
        if (request.AgentVersion?.Trim() is { } version) controller.AgentVersion = version == Latest ? "" : version;
    }

    private static void ApplyCaBundle(UpdateControllerRequest request, GarmDbContext db, ControllerInfo controller)
    {
        if (request.ClearCaCertBundle == true)
            controller.CaCertBundle = null;
        else if (request.CaCertBundle is { } bundle && CaBundle.HasCertificate(bundle))
            controller.CaCertBundle = bundle;
        else
            return;
        db.Touch(controller);
    }

    private static void Validate(UpdateControllerRequest request)
    {
        CheckUrl(request.MetadataUrl, "metadata_url");
        if (request.ClearCaCertBundle == true && request.CaCertBundle is { Length: > 0 })
            throw GarmException.BadRequest("ca_cert_bundle and clear_ca_cert_bundle are mutually exclusive");
        CheckUrl(request.CallbackUrl, "callback_url");
        CheckUrl(request.WebhookUrl, "webhook_url");
        CheckUrl(request.AgentUrl, "agent_url");
        if (request.AgentReleasesUrl is not "") CheckUrl(request.AgentReleasesUrl, "garm_agent_releases_url");
        if (request.AgentVersion?.Trim() is { } version && version is not ("" or Latest) && !SemanticVersion().IsMatch(version))
        {
            throw GarmException.BadRequest(
                $"invalid garm_agent_version {GoText.Quote(version)}: must be \"{Latest}\" or a semver version (e.g. v1.2.3)");
        }
    }

    // Any scheme is accepted, as in GARM: other programs call these URLs, perhaps through proxies.
    private static void CheckUrl(string? url, string name)
    {
        if (url is null) return;
        if (GoUrl.Parse(url) is not { Scheme.Length: > 0, Host.Length: > 0 } parsed) throw GarmException.BadRequest($"invalid {name}");
        if (parsed.HasUserInfo) throw GarmException.BadRequest($"invalid {name}: {GoUrl.UserInfoRefusal}");
    }

    // Numbers have no leading zeros, and no part between dots is empty.
    [GeneratedRegex(
        @"^v?(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}"
        + @"(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?"
        + @"(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SemanticVersion();
}
