using System.Net;
using Garm.Host.Logs;
using Garm.Host.Sources;
using Garm.Host.WebSockets;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Garm.Host.Fronts;

/// <summary>Passes requests on to a source's server, and its answers back: bodies of any length as they come, and websockets.</summary>
internal sealed class FrontForwarder(IHttpForwarder forwarder, IHostApplicationLifetime lifetime, ILogger<FrontForwarder> logger)
{
    private static readonly ForwarderRequestConfig Config = new()
    {
        // How long neither side may send anything. GARM pings its sockets every 54 s, but what others do on theirs is not known.
        ActivityTimeout = TimeSpan.FromHours(1),
        AllowResponseBuffering = false,
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <summary>Answers the request with what the server answers, or with 502.</summary>
    public async Task PassOnAsync(HttpContext context, SourceFront front)
    {
        ConnectionGuard.LiftRequestLimits(context);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body) body.MaxRequestBodySize = null;

        // A stop of the hub waits for requests. A socket may last for days, and its client connects to another node.
        var end = IsSocket(context) ? lifetime.ApplicationStopping : CancellationToken.None;
        var connection = front.Connection;
        var error = await forwarder.SendAsync(context, connection.Address, connection.Invoker, Config, FrontTransformer.Instance, end);
        if (error != ForwarderError.None) await OnErrorAsync(context, front, error);
    }

    private static bool IsSocket(HttpContext context) =>
        context.Request.Headers.Upgrade.Count > 0 || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    private async Task OnErrorAsync(HttpContext context, SourceFront front, ForwarderError error)
    {
        // The query may hold secrets.
        var cause = context.GetForwarderErrorFeature()?.Exception;
        var reason = cause is null ? error.ToString() : SourceFailures.ReasonOf(cause);
        logger.LogDebug(
            HostLogEvents.NotPassedOn, "{Method} {Path} was not passed on to the source {Source}: {Error}, {Reason}",
            context.Request.Method, context.Request.Path, front.Name, error, reason);
        if (context.Response.HasStarted || context.Response.StatusCode < StatusCodes.Status500InternalServerError) return;
        await FrontAnswers.WriteUnreachedAsync(context, front, reason);
    }
}
