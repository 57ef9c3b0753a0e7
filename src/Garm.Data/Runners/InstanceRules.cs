using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Garm.Contracts.Requests;
using Garm.Data.Jobs;
using Garm.Data.Model;
using Garm.Data.Secrets;

namespace Garm.Data.Runners;

/// <summary>Which changes of a runner are accepted, and their effects; messages are GARM's. Reads nothing from the database.</summary>
internal static partial class InstanceRules
{
    /// <summary>The number of status messages that a runner keeps, as in GARM.</summary>
    public const int KeptMessages = 30;

    private const int LongestToken = 4096;

    /// <summary>The states in which the deletion of a runner may be requested, as in GARM.</summary>
    private static readonly string[] Deletable =
        [InstanceStatuses.Running, InstanceStatuses.Error, InstanceStatuses.PendingForceDelete, InstanceStatuses.PendingDelete];

    private static readonly string[] AddressTypes = ["public", "private"];

    /// <summary>Refuses an update before it changes anything.</summary>
    /// <param name="instance">The runner before the update.</param>
    /// <param name="request">The update.</param>
    /// <param name="failed">The beginning of the refusal.</param>
    /// <param name="namesAccepted">Whether the refusal of a state lists those that are accepted.</param>
    public static void Validate(Instance instance, UpdateInstanceRequest request, string failed, bool namesAccepted)
    {
        if (instance.AgentId != 0 && request.AgentId is { } agent and not 0 && agent != instance.AgentId)
            throw GarmException.BadRequest($"{failed}: agent ID mismatch");
        if (Wanted(request.RunnerStatus) is { } runner && !RunnerStatuses.MayFollow(instance.RunnerStatus, runner))
        {
            throw Refusal(
                $"{failed}: invalid runner status transition from {instance.RunnerStatus} to {runner}",
                RunnerStatuses.After(instance.RunnerStatus), namesAccepted);
        }

        if (Wanted(request.Status) is { } status && !InstanceStatuses.MayFollow(instance.Status, status))
        {
            throw Refusal(
                $"{failed}: invalid instance status transition from {instance.Status} to {status}",
                InstanceStatuses.After(instance.Status), namesAccepted);
        }

        foreach (var address in request.Addresses ?? [])
        {
            if (string.IsNullOrEmpty(address.Address)) throw GarmException.BadRequest($"{failed}: an address is empty");
            if (!AddressTypes.Contains(address.Type))
                throw GarmException.BadRequest($"{failed}: invalid address type {address.Type}; accepted are public, private");
        }
    }

    /// <summary>Applies a validated update, apart from encrypted values. The runner's job must be loaded.</summary>
    public static void Apply(Instance instance, UpdateInstanceRequest request)
    {
        if (request.AgentId is { } agent and not 0) instance.AgentId = agent;
        if (request is { Status: InstanceStatuses.PendingCreate } && instance.Status == InstanceStatuses.Error)
        {
            instance.CreateAttempt++;
            instance.TokenFetched = false;
        }

        var wasCreating = instance.Status == InstanceStatuses.Creating;
        instance.Status = Wanted(request.Status) ?? instance.Status;
        instance.RunnerStatus = Wanted(request.RunnerStatus) ?? instance.RunnerStatus;
        instance.ProviderId = Wanted(request.ProviderId) ?? instance.ProviderId;
        instance.OsName = Wanted(request.OsName) ?? instance.OsName;
        instance.OsVersion = Wanted(request.OsVersion) ?? instance.OsVersion;
        instance.Heartbeat = request.Heartbeat?.AsStored() ?? instance.Heartbeat;
        instance.HasShell = request.Capabilities?.HasShell ?? instance.HasShell;
        instance.ProviderFault = request.ProviderFault is { Length: > 0 } fault ? fault : null;

        // Its job ended while its machine was being created, when the runner could not be marked.
        if (wasCreating && instance.Job is { Status: JobStatuses.Completed }) JobRules.MarkForDeletion(instance);
        if (request.Addresses is not { Count: > 0 } addresses) return;
        instance.Addresses.Clear();
        foreach (var address in addresses)
            instance.Addresses.Add(new InstanceAddress { InstanceId = instance.Id, Address = address.Address!, Type = address.Type! });
    }

    /// <summary>Refuses to delete a runner in a state that does not allow it.</summary>
    public static void RequireDeletable(Instance instance)
    {
        if (!Deletable.Contains(instance.Status))
            throw GarmException.BadRequest($"runner must be in one of the following states: \"{string.Join(", ", Deletable)}\"");
    }

    /// <summary>Adds a message, and removes the oldest when there are too many.</summary>
    public static void AddMessage(Instance instance, string message, DateTime now, string type = "status")
    {
        foreach (var old in instance.StatusMessages.OrderBy(x => x.Id).SkipLast(KeptMessages - 1).ToList())
            instance.StatusMessages.Remove(old);
        instance.StatusMessages.Add(new InstanceStatusMessage
        {
            InstanceId = instance.Id,
            CreatedAt = now,
            Message = message,
            EventType = type,
            EventLevel = "info",
        });
    }

    /// <summary>The requested name, or the prefix and twelve random letters and digits, as in GARM.</summary>
    public static string NameOf(CreateInstanceRequest request, string prefix)
    {
        if (string.IsNullOrEmpty(request.Name))
            return $"{prefix}-{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 12)}";
        if (!Name().IsMatch(request.Name))
        {
            throw GarmException.BadRequest(
                $"error creating instance: invalid name {request.Name}; accepted are 1 to 64 letters, digits, dots, dashes and underscores, the first one a letter or digit");
        }

        return request.Name;
    }

    /// <summary>The files as they are stored; null for none.</summary>
    public static byte[]? Seal(SecretSealer sealer, IReadOnlyDictionary<string, string>? files, string failed)
    {
        if (files is null or { Count: 0 }) return null;
        foreach (var (name, contents) in files)
        {
            if (name.Length == 0 || contents is null || !Convert.TryFromBase64String(contents, new byte[contents.Length], out _))
                throw GarmException.BadRequest($"{failed}: jit_configuration must map file names to contents in base64");
        }

        return sealer.Seal(JsonSerializer.Serialize(files), SecretPurposes.JitConfiguration);
    }

    /// <summary>The registration token as it is stored; null for none.</summary>
    public static byte[]? Seal(SecretSealer sealer, string? registrationToken, string failed)
    {
        if (string.IsNullOrEmpty(registrationToken)) return null;
        if (registrationToken.Length > LongestToken)
            throw GarmException.BadRequest($"{failed}: registration_token is too long: at most {LongestToken} characters are accepted");
        return sealer.Seal(registrationToken, SecretPurposes.RegistrationToken);
    }

    private static GarmException Refusal(string text, IReadOnlyList<string> accepted, bool namesAccepted)
    {
        if (!namesAccepted) return GarmException.BadRequest(text);
        return GarmException.BadRequest(
            accepted.Count == 0 ? $"{text}; nothing follows this state" : $"{text}; accepted from here: {string.Join(", ", accepted)}");
    }

    private static string? Wanted(string? text) => string.IsNullOrEmpty(text) ? null : text;

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
