using Garm.Data.Model;
using Garm.Data.Values;

namespace Garm.Data.Endpoints;

/// <summary>
/// The differences between the refusals for GitHub's endpoints and credentials and those for Gitea's. GARM's messages differ, and
/// clients see them.
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

    /// <summary>One of <see cref="ForgeTypes"/>; the messages contain it.</summary>
    public required string ForgeType { get; init; }

    /// <summary>The beginning of refusals of credentials.</summary>
    public required string FailedCredentials { get; init; }

    public required string EndpointTaken { get; init; }

    public required Func<string, string> MissingEndpoint { get; init; }

    public required Func<string, string> MissingEndpointToUpdate { get; init; }

    public required string MissingCredentials { get; init; }

    /// <summary>The message when credentials are not found by their name.</summary>
    public required Func<string, string> MissingCredentialsNamed { get; init; }

    /// <summary>The end of refusals that are caused by the current state.</summary>
    public required string Invalid { get; init; }

    /// <summary>The words for a forge type.</summary>
    public static ForgeWords Of(string forgeType) => forgeType == ForgeTypes.Gitea ? Gitea : Github;

    private static string GiteaEndpoint(string name) => $"gitea endpoint {GoText.Quote(name)} not found";
}
