using System.Net;
using Garm.Client.Api;

namespace Garm.Client.Events;

/// <summary>Keeps the body of a refused handshake, which <see cref="System.Net.WebSockets.ClientWebSocket"/> discards.</summary>
internal sealed class HandshakeRecorder()
    : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    public bool Accepted { get; private set; }

    public ApiError? Refusal { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        Accepted = response.StatusCode == HttpStatusCode.SwitchingProtocols;
        if (!Accepted) Refusal = await ApiError.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        return response;
    }
}
