using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Endpoints;
using Garm.Data.Model;
using Garm.Data.Secrets;
using Garm.Data.Writes;

namespace Garm.Data.Credentials;

/// <summary>The operations on GitHub credentials; checks and messages are GARM's (recorded in <c>github-credentials-*</c>).</summary>
public sealed class GithubCredentialsStore(UnitOfWork work, SecretSealer sealer)
    : ForgeCredentialsStore<GithubCredentials>(ForgeWords.Github, SecretPurposes.GithubCredentials, work, sealer)
{
    /// <summary>Creates credentials.</summary>
    public Task<CredentialsView> CreateAsync(CreateGithubCredentialsRequest request, CancellationToken cancellation)
    {
        GithubCredentialsRules.Check(request);
        return CreateAsync(
            () => new GithubCredentials
            {
                Name = request.Name!,
                Description = request.Description ?? "",
                AuthType = request.AuthType!,
                SealedPayload = request.AuthType == AuthTypes.Pat ? Seal(request.Pat!) : Seal(request.App!),
            },
            request.Endpoint!,
            cancellation);
    }

    /// <summary>Changes the fields that the request has; a token or an App's data always counts as a change.</summary>
    public Task<CredentialsView> UpdateAsync(
        long id, UpdateGithubCredentialsRequest request, CancellationToken cancellation)
    {
        GithubCredentialsRules.Check(request);
        var payload = request.Pat is { } pat ? Seal(pat) : request.App is { } app ? Seal(app) : null;
        return UpdateAsync(id, request.Name, request.Description, payload, CheckKind, cancellation);

        void CheckKind(GithubCredentials credentials, string failed)
        {
            if (request.App is not null && credentials.AuthType == AuthTypes.Pat)
                throw GarmException.BadRequest($"{failed}: cannot update app credentials for PAT: invalid request");
            if (request.Pat is not null && credentials.AuthType == AuthTypes.App)
                throw GarmException.BadRequest($"{failed}: cannot update PAT credentials for app: invalid request");
        }
    }
}
