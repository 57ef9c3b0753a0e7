using Garm.Contracts.Entities;
using Garm.Data.Endpoints;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Values;
using static Garm.Data.Values.ViewValues;

namespace Garm.Data.Credentials;

/// <summary>The views of credentials in the REST API and in events.</summary>
internal static class CredentialsViews
{
    /// <summary>The credentials with their endpoint, which must be loaded.</summary>
    public static CredentialsView ToView(this ForgeCredentials credentials) => new()
    {
        Id = credentials.Id,
        Name = OrNull(credentials.Name),
        Description = OrNull(credentials.Description),
        ApiBaseUrl = OrNull(Loaded(credentials.Endpoint).ApiBaseUrl),
        UploadBaseUrl = OrNull(Loaded(credentials.Endpoint).UploadBaseUrl),
        BaseUrl = OrNull(Loaded(credentials.Endpoint).BaseUrl),
        CaBundle = Loaded(credentials.Endpoint).CaCertBundle,
        AuthType = credentials.AuthType,
        ForgeType = Loaded(credentials.Endpoint).EndpointType,
        Endpoint = Loaded(credentials.Endpoint).ToView(),
        CreatedAt = credentials.CreatedAt,
        UpdatedAt = credentials.UpdatedAt,
    };

    /// <summary>The credentials and the entities that use them: the answer to a read of one. Navigations must be loaded.</summary>
    public static CredentialsView ToDetailedView(this ForgeCredentials credentials) => credentials.ToView() with
    {
        Repositories = OrNull(credentials.Repositories.Select(x => x.ToBriefView(credentials))),
        Organizations = OrNull(credentials.Organizations.Select(x => x.ToBriefView(credentials))),
        Enterprises = OrNull(credentials.Enterprises.Select(x => x.ToBriefView(credentials))),
    };

    public static CredentialsView ToDeletedView(this ForgeCredentials credentials) => new()
    {
        Id = credentials.Id,
        Name = credentials.Name,
        ForgeType = credentials is GiteaCredentials ? ForgeTypes.Gitea : ForgeTypes.Github,
    };
}
