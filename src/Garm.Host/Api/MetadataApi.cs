using System.Globalization;
using System.Numerics;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Serialization;
using Garm.Contracts.Entities;
using Garm.Data;
using Garm.Data.Controller;
using Garm.Data.Files;
using Garm.Data.Runners;
using Garm.Host.Authentication;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary>
/// <c>/metadata</c>: what runners read, with their own token, to set themselves up. Routes for which GARM asks the forge are
/// refused with the reason.
/// </summary>
internal static class MetadataApi
{
    public static void MapMetadata(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/metadata").WithMetadata(ApiRoute.Runner);
        group.AddEndpointFilter((invocation, next) =>
        {
            // These answer with files, scripts and plain names instead of JSON.
            invocation.HttpContext.Response.ForbidSniffing();
            return next(invocation);
        });

        group.MapGet(
            "/runner-metadata",
            async (HttpContext context, RunnerStore store, ControllerStore controllers, CancellationToken cancellation) =>
            {
                var runner = context.Runner();
                var setup = await store.GetSetupAsync(runner.InstanceId, cancellation);
                var controller = await controllers.GetAsync(cancellation);
                return ApiResponses.Json(new RunnerMetadata(
                    new MetadataAccess(controller.CallbackUrl, controller.MetadataUrl, controller.AgentUrl),
                    runner.ForgeType, setup.RegistrationUrl, runner.Name, setup.AgentMode, setup.JitFiles.Count > 0));
            })
            .Describes("GetRunnerMetadata", "metadata")
            .WithSummary("Read what a runner needs to set itself up.")
            .Answers<RunnerMetadata>();

        group.MapGet(
            "/runner-registration-token",
            async (HttpContext context, RunnerStore store, CancellationToken cancellation) => Results.Bytes(
                Encoding.UTF8.GetBytes(await store.TakeRegistrationTokenAsync(context.Runner().InstanceId, cancellation)),
                "application/json"))
            .Describes("GetRegistrationToken", "metadata")
            .WithSummary("Take the runner's registration token, once in each attempt.")
            .AnswersBytes("application/json");

        group.MapGet("/install-script", IResult () => throw GarmException.Conflict(
            "the install script needs the forge's list of runner tools, and this hub does not call the forge: the runner provider installs the machine"))
            .Describes("GetInstallScript", "metadata")
            .WithSummary("Answer 409: the hub cannot make an install script.");

        group.MapGet(
            "/credentials/{fileName}",
            async (string fileName, HttpContext context, RunnerStore store, CancellationToken cancellation) =>
            {
                var setup = await store.GetSetupAsync(context.Runner().InstanceId, cancellation);
                if (setup.JitFiles.Count == 0) throw GarmException.NotFound("instance not configured for JIT");

                // The name in the path lacks the leading dot that a runner's files have.
                return setup.JitFiles.TryGetValue($".{fileName}", out var contents)
                    ? Results.Bytes(contents, "application/octet-stream")
                    : throw GarmException.NotFound($"could not find file \".{fileName}\"");
            })
            .Describes("GetRunnerFile", "metadata")
            .WithSummary("Read a file of the runner's JIT configuration.")
            .AnswersBytes("application/octet-stream");

        group.MapGet(
            "/system/service-name",
            async (HttpContext context, RunnerStore store, CancellationToken cancellation) =>
                Results.Text((await store.GetSetupAsync(context.Runner().InstanceId, cancellation)).ServiceName, "text/plain"))
            .Describes("GetServiceName", "metadata")
            .WithSummary("Read the name of the runner's system service.")
            .AnswersBytes("text/plain");

        group.MapGet(
            "/system/cert-bundle",
            async (HttpContext context, RunnerStore store, CancellationToken cancellation) =>
                ApiResponses.Json(BundleOf((await store.GetSetupAsync(context.Runner().InstanceId, cancellation)).CaBundle)))
            .Describes("GetCertificateBundle", "metadata")
            .WithSummary("Read the certificates that the runner should trust.")
            .Answers<CertificateBundle>();

        group.MapGet(
            "/tools/garm-agent",
            async (HttpContext context, RunnerStore store, AgentToolStore tools, CancellationToken cancellation) =>
            {
                var setup = await store.GetSetupAsync(context.Runner().InstanceId, cancellation);
                return ApiResponses.Json(await tools.ListAsync(
                    setup.OsType, setup.OsArch, FileObjectsApi.PagingOf(context.Request.Query), cancellation));
            })
            .Describes("RunnerGarmAgentList", "metadata")
            .WithSummary("List the agent tools for the runner's system.")
            .Answers<PageView<AgentToolView>>()
            .Query<long>("page", "from 1")
            .Query<long>("pageSize", "25 when absent");

        group.MapGet(
            "/tools/garm-agent/{objectId}/download",
            async (string objectId, HttpContext context, AgentToolStore tools, CancellationToken cancellation) =>
            {
                var (file, content) = await tools.OpenAsync(FileObjectsApi.Id(objectId), cancellation);
                await FileObjectsApi.SendAsync(context, file, content, cancellation);
            })
            .Describes("RunnerGarmAgentDownload", "metadata")
            .WithSummary("Download an agent tool.")
            .AnswersBytes("application/octet-stream");
    }

    private static CertificateBundle BundleOf(byte[]? pem)
    {
        if (pem is null) return new CertificateBundle(null);
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(Encoding.UTF8.GetString(pem));
        var byNumber = new Dictionary<string, byte[]>();
        foreach (var certificate in certificates)
        {
            var number = new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true);
            byNumber[number.ToString(CultureInfo.InvariantCulture)] = Encoding.ASCII.GetBytes($"{certificate.ExportCertificatePem()}\n");
            certificate.Dispose();
        }

        return new CertificateBundle(byNumber);
    }

    /// <summary>GARM's answer without <c>runner_tools</c>, which only the forge knows.</summary>
    private sealed record RunnerMetadata(
        [property: JsonPropertyName("metadata_access")] MetadataAccess Access,
        [property: JsonPropertyName("forge_type")] string ForgeType,
        [property: JsonPropertyName("runner_registration_url")] string RegistrationUrl,
        [property: JsonPropertyName("runner_name")] string RunnerName,
        [property: JsonPropertyName("agent_mode")] bool AgentMode,
        [property: JsonPropertyName("jit_enabled")] bool JitEnabled);

    private sealed record MetadataAccess(
        [property: JsonPropertyName("callback_url")] string? CallbackUrl,
        [property: JsonPropertyName("metadata_url")] string? MetadataUrl,
        [property: JsonPropertyName("agent_url")] string? AgentUrl);

    /// <summary>PEM of each certificate by its serial number in decimal.</summary>
    private sealed record CertificateBundle(
        [property: JsonPropertyName("root_certificates")] IReadOnlyDictionary<string, byte[]>? RootCertificates);
}
