using System.Net;
using Garm.Cli.Terminal;
using Garm.Client.Api;

namespace Garm.Cli.Access;

/// <summary>The login: at the command <c>login</c>, after <c>init</c>, and when a token has ended.</summary>
internal static class Logins
{
    public static async Task<string> LoginAsync(NodeList nodes, string username, string password, CancellationToken cancellationToken)
    {
        try
        {
            return await nodes.FirstAnswerAsync(repeatable: true, async address =>
            {
                using var api = new GarmApiClient(address);
                return await api.LoginAsync(username, password, cancellationToken);
            });
        }
        catch (GarmApiException e) when (e.Status == HttpStatusCode.Unauthorized)
        {
            throw CliFailure.Failed($"user name or password refused by {nodes.InOrder[0]} ({e.ApiError})");
        }
        catch (GarmApiException e) when (BaseUrls.IsNoHub(e.ApiError))
        {
            throw CliFailure.Failed(BaseUrls.WithHint(Refusals.Describe(e.ApiError), nodes.InOrder[0]));
        }
    }
}
