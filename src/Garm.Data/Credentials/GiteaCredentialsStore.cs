using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Endpoints;
using Garm.Data.Model;
using Garm.Data.Secrets;
using Garm.Data.Writes;

namespace Garm.Data.Credentials;

/// <summary>The operations on Gitea credentials; checks and messages are GARM's (recorded in <c>gitea-credentials</c>).</summary>
public sealed class GiteaCredentialsStore(UnitOfWork work, SecretSealer sealer)
    : ForgeCredentialsStore<GiteaCredentials>(ForgeWords.Gitea, SecretPurposes.GiteaCredentials, work, sealer)
{
    /// <summary>Creates credentials.</summary>
    public Task<CredentialsView> CreateAsync(CreateGiteaCredentialsRequest request, CancellationToken cancellation)
    {
        GiteaCredentialsRules.Check(request);
        return CreateAsync(
            () => new GiteaCredentials
            {
                Name = request.Name!,
                Description = request.Description ?? "",
                AuthType = AuthTypes.Pat,
                SealedPayload = Seal(request.Pat!),
            },
            request.Endpoint!,
            cancellation);
    }

    /// <summary>Changes the fields that the request has; a token always counts as a change.</summary>
    public Task<CredentialsView> UpdateAsync(
        long id, UpdateGiteaCredentialsRequest request, CancellationToken cancellation)
    {
        GiteaCredentialsRules.Check(request);
        var payload = request.Pat is { } pat ? Seal(pat) : null;
        return UpdateAsync(id, request.Name, request.Description, payload, check: null, cancellation);
    }
}
