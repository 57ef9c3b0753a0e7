using Garm.Contracts.Requests;
using Garm.Data.Model;

namespace Garm.Data.Credentials;

/// <summary>The checks of Gitea credentials; their order and messages are GARM's.</summary>
internal static class GiteaCredentialsRules
{
    public static void Check(CreateGiteaCredentialsRequest request)
    {
        if (string.IsNullOrEmpty(request.Name)) throw Refuse("missing name");
        if (string.IsNullOrEmpty(request.Endpoint)) throw Refuse("missing endpoint");
        if (request.AuthType != AuthTypes.Pat) throw Refuse($"invalid auth_type: {request.AuthType}");
        Check(request.Pat ?? new GithubPat());
    }

    public static void Check(UpdateGiteaCredentialsRequest request)
    {
        if (request.Pat is not null) Check(request.Pat);

        // The hub's own check, so it comes last: GARM would accept an empty name, but entities refer to credentials by name.
        if (request.Name is "") throw Refuse("missing name");
    }

    private static void Check(GithubPat pat)
    {
        if (string.IsNullOrEmpty(pat.Oauth2Token)) throw Refuse("missing oauth2_token");
    }

    private static GarmException Refuse(string reason) =>
        GarmException.BadRequest($"error failed to validate gitea credentials params: {reason}");
}
