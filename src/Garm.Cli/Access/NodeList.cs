using System.Net;
using Garm.Client.Api;

namespace Garm.Cli.Access;

/// <summary>The nodes of a hub: they are tried in order, and the one that answered is asked first the next time.</summary>
internal sealed class NodeList(IReadOnlyList<Uri> addresses, Action<string> say)
{
    private int _first;

    /// <summary>All of them, those first that are tried first.</summary>
    public IReadOnlyList<Uri> InOrder => [.. addresses.Skip(_first), .. addresses.Take(_first)];

    /// <summary>Asks one node after the other until one answers. What the last one throws is thrown.</summary>
    /// <param name="repeatable">
    /// Whether the call may be made twice. If not, another node is tried only when no connection was made.
    /// </param>
    /// <param name="call">The call to one node.</param>
    public async Task<T> FirstAnswerAsync<T>(bool repeatable, Func<Uri, Task<T>> call)
    {
        for (var tried = 1; ; tried++)
        {
            var address = addresses[_first];
            try
            {
                return await call(address);
            }
            catch (Exception e) when (tried < addresses.Count && IsForAnother(e, repeatable))
            {
                _first = (_first + 1) % addresses.Count;
                say($"no answer from {Text(address)} ({e.Message}); trying {Text(addresses[_first])}");
            }
        }
    }

    private static string Text(Uri address) => address.AbsoluteUri.TrimEnd('/');

    private static bool IsForAnother(Exception failure, bool repeatable) => failure switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => true,
        HttpRequestException or TimeoutException => repeatable,
        GarmApiException refused => repeatable && refused.Status is
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
        _ => false,
    };
}
