using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Cli.Profiles;
using Garm.Cli.Terminal;
using Garm.Client.Api;

namespace Garm.Cli.Access;

/// <summary>
/// The hub of a profile: calls go to the first node that answers, and when the token has ended, the user is logged in again where
/// there is a password.
/// </summary>
internal sealed class HubAccess
{
    private readonly CliHost _host;
    private readonly string _name;
    private readonly PasswordSource _password;
    private readonly NodeList _nodes;
    private Profile _profile;

    public HubAccess(CliHost host, string? profileName, PasswordSource password)
    {
        _host = host;
        _password = password;
        (_name, _profile) = host.Profiles.Load().Get(profileName);
        _nodes = new NodeList(_profile.Addresses, host.Say);
    }

    /// <summary>The nodes, those first that are to be tried first.</summary>
    public IReadOnlyList<Uri> Addresses => _nodes.InOrder;

    /// <summary>The token as it is known.</summary>
    public string Token => _profile.Token;

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Reads a list that GARM does not have, and not every version of the hub.</summary>
    public Task<JsonElement> GetOwnAsync(string path, CancellationToken cancellationToken) =>
        GetOwnAsync(path, api => api.SendAsync(HttpMethod.Get, path, null, cancellationToken), cancellationToken);

    /// <summary>The same, with a call of its own.</summary>
    public async Task<T> GetOwnAsync<T>(string path, Func<GarmApiClient, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync(true, call, cancellationToken);
        }
        catch (GarmApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            throw CliFailure.Failed($"the server has no /api/v1/{path.Split('?')[0]} ({e.ApiError}): GARM has no such route, and not every version of the hub has it");
        }
    }

    public Task<JsonElement> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken) =>
        CallAsync(method == HttpMethod.Get, api => api.SendAsync(method, path, body, cancellationToken), cancellationToken);

    /// <summary>Makes a call; after a login when the token is refused.</summary>
    /// <param name="repeatable">Whether the call may be made twice, at two nodes.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<T> CallAsync<T>(bool repeatable, Func<GarmApiClient, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await OnceAsync();
        }
        catch (GarmApiException e) when (IsTokenRefused(e.ApiError))
        {
            await RenewAsync(e.ApiError, cancellationToken);
            return await OnceAsync();
        }

        Task<T> OnceAsync() => _nodes.FirstAnswerAsync(repeatable, async address =>
        {
            using var api = new GarmApiClient(address, _profile.Token);
            return await call(api);
        });
    }

    /// <summary>The token for an event feed.</summary>
    public async Task<string> TokenAsync(bool fresh, CancellationToken cancellationToken)
    {
        if (fresh) await RenewAsync(null, cancellationToken);
        return _profile.Token;
    }

    /// <summary>Whether another token may help: not when the user is none of those who may.</summary>
    public static bool IsTokenRefused(ApiError error) => error is { Status: HttpStatusCode.Unauthorized, Error: not "Unauthorized" };

    /// <summary>Gets another token: one that another run has saved, or by a login.</summary>
    public async Task RenewAsync(ApiError? refusal, CancellationToken cancellationToken)
    {
        var saved = _host.Profiles.Load().Profiles.GetValueOrDefault(_name);
        if (saved is not null && saved.Url == _profile.Url && saved.Username == _profile.Username && saved.Token != _profile.Token)
        {
            _profile = _profile with { Token = saved.Token };
            return;
        }

        var password = await _password.FindAsync(cancellationToken) ?? throw CliFailure.Failed(
            $"the token of profile '{_name}' {(refusal is null ? "has ended or was refused" : $"was refused ({refusal})")}, and there is no password "
            + $"to log in again with: set {PasswordSource.OwnVariable}, give --password-stdin, or run 'garmctl login'");
        _profile = _profile with { Token = await Logins.LoginAsync(_nodes, _profile.Username, password, cancellationToken) };
        if (saved is not null) _host.Profiles.Save(_host.Profiles.Load().Replacing(_name, _profile));
        _host.Say($"logged in again as {_profile.Username}");
    }
}
