using System.Security.Cryptography;
using System.Text.Json;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Secrets;
using Garm.Data.Values;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Runners;

/// <summary>The content of a runner's token, and the state that it is checked against.</summary>
public sealed record RunnerIdentity
{
    public required Guid InstanceId { get; init; }

    public required string Name { get; init; }

    /// <summary>Null for a runner of a scale set.</summary>
    public required Guid? PoolId { get; init; }

    /// <summary>Tokens of an earlier attempt are void.</summary>
    public required int CreateAttempt { get; init; }

    /// <summary><c>repository</c>, <c>organization</c>, <c>enterprise</c>, or <c>instance</c> for a whole Gitea server.</summary>
    public required string Scope { get; init; }

    /// <summary><c>owner/name</c> of a repository, the name of any other entity.</summary>
    public required string Entity { get; init; }

    public required string ForgeType { get; init; }

    /// <summary>Minutes that the runner may take until it is in service.</summary>
    public required uint BootstrapTimeout { get; init; }

    public required string Status { get; init; }

    public required string RunnerStatus { get; init; }

    /// <summary>Whether the runner may still report: its machine exists and it is not in service yet.</summary>
    public bool MayReport =>
        Status is InstanceStatuses.Creating or InstanceStatuses.Running
        && RunnerStatus is RunnerStatuses.Pending or RunnerStatuses.Installing;
}

/// <summary>The data with which a runner sets itself up.</summary>
/// <param name="RegistrationUrl">The URL at which it registers.</param>
/// <param name="ServiceName">The name of its service.</param>
/// <param name="AgentMode">Whether an agent runs it.</param>
/// <param name="CaBundle">PEM of the endpoint; null for none.</param>
/// <param name="JitFiles">Its just-in-time configuration, decoded; empty for none.</param>
/// <param name="OsType">Its machine's operating system.</param>
/// <param name="OsArch">Its machine's architecture.</param>
public sealed record RunnerSetup(
    string RegistrationUrl, string ServiceName, bool AgentMode, byte[]? CaBundle, IReadOnlyDictionary<string, byte[]> JitFiles,
    string OsType, string OsArch);

/// <summary>The operations of runners, with their token: reporting, and reading what they need to set themselves up.</summary>
public sealed class RunnerStore(UnitOfWork work, SecretSealer sealer, TimeProvider clock)
{
    /// <summary>The runner for a token; null when there is none with this name.</summary>
    public Task<RunnerIdentity?> FindAsync(string name, CancellationToken cancellation) => work.ReadAsync(
        async db => await Whole(db).SingleOrDefaultAsync(x => x.Name == name, cancellation) is { } found ? IdentityOf(found) : null,
        cancellation);

    /// <summary>The runner for which an administrator requests a token.</summary>
    /// <exception cref="GarmException">404; 400 when a token would not be valid.</exception>
    public Task<RunnerIdentity> RequireAsync(string nameOrId, CancellationToken cancellation) => work.ReadAsync(
        async db =>
        {
            var identity = IdentityOf(await InstanceLookup.RequireAsync(Whole(db), nameOrId, cancellation));
            var isComingUp = identity.Status is InstanceStatuses.PendingCreate || identity.MayReport;
            if (!isComingUp)
            {
                throw GarmException.BadRequest(
                    $"runner {identity.Name} is {identity.Status} and {identity.RunnerStatus}; a token is issued only with the status pending_create, creating or running, and the runner_status pending or installing");
            }

            return identity;
        },
        cancellation);

    /// <summary>Stores a runner's message and its next state. The message is stored even if the state is refused.</summary>
    public Task ReportAsync(Guid id, InstanceStatusRequest report, CancellationToken cancellation)
    {
        const string failed = "error updating runner agent ID: error updating instance";
        var request = new UpdateInstanceRequest { RunnerStatus = report.Status, AgentId = report.AgentId };
        return work.WriteAsync(
            async db =>
            {
                var instance = await FindAsync(db, id, cancellation);
                GarmException? refusal = null;
                try
                {
                    InstanceRules.Validate(instance, request, failed, namesAccepted: false);
                    InstanceRules.Apply(instance, request);
                }
                catch (GarmException e)
                {
                    refusal = e;
                }

                InstanceRules.AddMessage(instance, report.Message ?? "", clock.UtcNow());
                return refusal;
            },
            refusal => refusal is null ? 0 : throw refusal,
            cancellation);
    }

    /// <summary>Stores a runner's report about its machine; an empty report changes nothing.</summary>
    public async Task ReportAsync(Guid id, InstanceSystemInfoRequest report, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(report.OsName) && string.IsNullOrEmpty(report.OsVersion) && report.AgentId is null) return;
        const string failed = "error updating runner system info: error updating instance";
        var request = new UpdateInstanceRequest { OsName = report.OsName, OsVersion = report.OsVersion, AgentId = report.AgentId };
        await work.WriteAsync(
            async db =>
            {
                var instance = await FindAsync(db, id, cancellation);
                InstanceRules.Validate(instance, request, failed, namesAccepted: false);
                InstanceRules.Apply(instance, request);
                db.Touch(instance);
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>The data with which a runner sets itself up.</summary>
    public Task<RunnerSetup> GetSetupAsync(Guid id, CancellationToken cancellation) => work.ReadAsync(
        async db =>
        {
            var instance = await Whole(db).SingleOrDefaultAsync(x => x.Id == id, cancellation) ?? throw GarmException.Unauthorized();
            var owner = OwnerOf(instance);
            return new RunnerSetup(
                RegistrationUrlOf(owner), ServiceNameOf(owner, instance.Name), owner.AgentMode, owner.Endpoint!.CaCertBundle,
                Open(instance.SealedJitConfiguration), instance.OsType, instance.OsArch);
        },
        cancellation);

    /// <summary>
    /// The runner's registration token, once in each attempt, as in GARM; a message records that it was read.
    /// </summary>
    /// <exception cref="GarmException">401: it was read, or the runner has a just-in-time configuration; 409: none was set.</exception>
    public Task<string> TakeRegistrationTokenAsync(Guid id, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            var instance = await FindAsync(db, id, cancellation);
            if (instance.TokenFetched || instance.SealedJitConfiguration is not null) throw GarmException.Unauthorized();
            if (instance.SealedRegistrationToken is not { } token)
            {
                throw GarmException.Conflict(
                    "the registration token comes from the forge, which this hub does not call: the runner provider sets it as registration_token, or sets a jit_configuration instead");
            }

            var opened = Open(token, SecretPurposes.RegistrationToken);
            instance.TokenFetched = true;
            InstanceRules.AddMessage(instance, "runner registration token was retrieved", clock.UtcNow(), "fetchToken");
            return opened;
        },
        token => token,
        cancellation);

    private static IQueryable<Instance> Whole(GarmDbContext db) => db.Instances
        .Include(x => x.Pool!.Repository!.Endpoint)
        .Include(x => x.Pool!.Organization!.Endpoint)
        .Include(x => x.Pool!.Enterprise!.Endpoint)
        .Include(x => x.Pool!.ForgeInstance!.Endpoint)
        .Include(x => x.ScaleSet!.Repository!.Endpoint)
        .Include(x => x.ScaleSet!.Organization!.Endpoint)
        .Include(x => x.ScaleSet!.Enterprise!.Endpoint);

    private static async Task<Instance> FindAsync(GarmDbContext db, Guid id, CancellationToken cancellation) =>
        await InstanceQueries.Whole(db).SingleOrDefaultAsync(x => x.Id == id, cancellation) ?? throw GarmException.Unauthorized();

    private static RunnerEntity OwnerOf(Instance instance) =>
        instance.Pool is { } pool ? pool.OwningEntity() : instance.ScaleSet!.OwningEntity();

    private static RunnerIdentity IdentityOf(Instance instance)
    {
        var owner = OwnerOf(instance);
        var timeout = instance.Pool?.RunnerBootstrapTimeout ?? instance.ScaleSet!.RunnerBootstrapTimeout;
        return new RunnerIdentity
        {
            InstanceId = instance.Id,
            Name = instance.Name,
            PoolId = instance.PoolId,
            CreateAttempt = instance.CreateAttempt,
            Scope = ForgeEntityTypes.Of(owner),
            Entity = NameOf(owner),
            ForgeType = owner.Endpoint!.EndpointType,

            // An older database may hold a longer timeout, for which no expiry can be computed.
            BootstrapTimeout = timeout == 0 ? BootstrapTimeouts.Default : Math.Min(timeout, BootstrapTimeouts.Longest),
            Status = instance.Status,
            RunnerStatus = instance.RunnerStatus,
        };
    }

    private static string NameOf(RunnerEntity owner) =>
        owner is Repository repository ? repository.FullName : owner.Name;

    private static string RegistrationUrlOf(RunnerEntity owner)
    {
        var forge = owner.Endpoint!.BaseUrl.TrimEnd('/');
        return owner switch
        {
            ForgeInstance => forge,
            Enterprise => $"{forge}/enterprises/{owner.Name}",
            _ => $"{forge}/{NameOf(owner)}",
        };
    }

    private static string ServiceNameOf(RunnerEntity owner, string runner) => owner is Repository repository
        ? $"actions.runner.{repository.Owner}.{repository.Name}"
        : $"actions.runner.{owner.Name}.{runner}";

    private Dictionary<string, byte[]> Open(byte[]? configuration)
    {
        if (configuration is null) return [];
        var files = JsonSerializer.Deserialize<Dictionary<string, string>>(Open(configuration, SecretPurposes.JitConfiguration)) ?? [];
        return files.ToDictionary(x => x.Key, x => Convert.FromBase64String(x.Value));
    }

    private string Open(byte[] secret, string purpose)
    {
        try
        {
            return sealer.Open(secret, purpose);
        }
        catch (CryptographicException)
        {
            throw GarmException.Conflict("the runner's configuration was encrypted under another passphrase: set it again");
        }
    }
}
