using Garm.Contracts.Requests;
using Garm.Data.Model;

namespace Garm.Data.Credentials;

/// <summary>What Gitea credentials must be like; order and words are GARM's.</summary>
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

        // Ours, and therefore last: entities name their credentials, and GARM would let the name be taken away.
        if (request.Name is "") throw Refuse("missing name");
    }

    private static void Check(GithubPat pat)
    {
        if (string.IsNullOrEmpty(pat.Oauth2Token)) throw Refuse("missing oauth2_token");
    }

    private static GarmException Refuse(string reason) =>
        GarmException.BadRequest($"error failed to validate gitea credentials params: {reason}");
}
