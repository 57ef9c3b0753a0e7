using Garm.Data.Model;
using Garm.Data.Values;

namespace Garm.Data.Endpoints;

/// <summary>
/// What differs between the refusals for GitHub's endpoints and credentials and those for Gitea's. GARM words them apart,
/// and clients see it.
/// </summary>
internal sealed record ForgeWords
{
    public static ForgeWords Github { get; } = new()
    {
        ForgeType = ForgeTypes.Github,
        FailedCredentials = "failed",
        EndpointTaken = "error github endpoint already exists: duplicate",
        MissingEndpoint = _ => "github endpoint not found: not found",
        MissingEndpointToUpdate = _ => "error github endpoint not found: not found",
        MissingCredentials = "github credentials not found: not found",
        MissingCredentialsNamed = _ => "github credentials not found: not found",
        Invalid = ": invalid request",
    };

    public static ForgeWords Gitea { get; } = new()
    {
        ForgeType = ForgeTypes.Gitea,
        FailedCredentials = "error failed",
        EndpointTaken = "gitea endpoint already exists: duplicate",
        MissingEndpoint = GiteaEndpoint,
        MissingEndpointToUpdate = GiteaEndpoint,
        MissingCredentials = "gitea credentials not found",
        MissingCredentialsNamed = name => $"gitea credentials {GoText.Quote(name)} not found",
        Invalid = "",
    };

    /// <summary>One of <see cref="ForgeTypes"/>; it stands in the messages too.</summary>
    public required string ForgeType { get; init; }

    /// <summary>What refusals of credentials begin with.</summary>
    public required string FailedCredentials { get; init; }

    public required string EndpointTaken { get; init; }

    public required Func<string, string> MissingEndpoint { get; init; }

    public required Func<string, string> MissingEndpointToUpdate { get; init; }

    public required string MissingCredentials { get; init; }

    /// <summary>Where credentials are asked for by their name.</summary>
    public required Func<string, string> MissingCredentialsNamed { get; init; }

    /// <summary>What refusals of what the state forbids end with.</summary>
    public required string Invalid { get; init; }

    /// <summary>A forge type's.</summary>
    public static ForgeWords Of(string forgeType) => forgeType == ForgeTypes.Gitea ? Gitea : Github;

    private static string GiteaEndpoint(string name) => $"gitea endpoint {GoText.Quote(name)} not found";
}
