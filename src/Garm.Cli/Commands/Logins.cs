using System.Net;
using Garm.Cli.Profiles;
using Garm.Cli.Terminal;
using Garm.Client.Api;

namespace Garm.Cli.Commands;

/// <summary>The login, which init needs as well.</summary>
internal static class Logins
{
    public static async Task<Profile> LoginAsync(
        Uri address,
        string username,
        string password,
        CancellationToken cancellationToken)
    {
        using var api = new GarmApiClient(address);
        try
        {
            var token = await api.LoginAsync(username, password, cancellationToken);
            return new Profile(address.AbsoluteUri.TrimEnd('/'), username, token);
        }
        catch (GarmApiException e) when (e.Status == HttpStatusCode.Unauthorized)
        {
            throw CliFailure.Failed($"user name or password refused by {address} ({e.ApiError})");
        }
    }
}
