using System.Net;
using Garm.Host.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Garm.Host.Fronts;

/// <summary>
/// What differs between a request, or its answer, and what is passed on. The path and the query go on byte for byte, and <c>Host</c> and
/// <c>Origin</c> as they are: GARM compares the two before it opens a websocket for a page, or <c>Origin</c> with its own settings.
/// </summary>
internal sealed class FrontTransformer : HttpTransformer
{
    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedHost = "X-Forwarded-Host";
    private const string ForwardedProto = "X-Forwarded-Proto";

    private FrontTransformer()
    {
    }

    public static FrontTransformer Instance { get; } = new();

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var request = httpContext.Request;
        proxyRequest.RequestUri = new Uri(
            destinationPrefix + TargetOf(httpContext), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        proxyRequest.Headers.Host = request.Host.Value;

        // As GARM's own sample of a proxy's configuration has it. A proxy before the hub knows better which host and scheme the client used.
        if (httpContext.Connection.RemoteIpAddress is { } address)
        {
            proxyRequest.Headers.TryAddWithoutValidation(
                ForwardedFor, (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString());
        }

        if (!request.Headers.ContainsKey(ForwardedHost)) proxyRequest.Headers.TryAddWithoutValidation(ForwardedHost, request.Host.Value);
        if (!request.Headers.ContainsKey(ForwardedProto)) proxyRequest.Headers.TryAddWithoutValidation(ForwardedProto, request.Scheme);
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var isCopied = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);

        // A place in the log of a hub that is a source means nothing in the log of this one.
        httpContext.Response.Headers.Remove(CursorHeader.Name);

        // The head of an answer that comes in parts would otherwise wait for the first of them.
        if (proxyResponse is { Content.Headers.ContentLength: null } && proxyResponse.StatusCode != HttpStatusCode.SwitchingProtocols)
            await httpContext.Response.Body.FlushAsync(cancellationToken);
        return isCopied;
    }

    // As the client wrote it: what the framework made of it has lost which characters were escaped.
    private static string TargetOf(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.StartsWith('/')) return target;

        // With scheme and host, as for a proxy; or a star.
        var path = target.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme ? target.IndexOfAny(['/', '?'], scheme + 3) : -1;
        if (path < 0) return "/";
        return target[path] == '/' ? target[path..] : $"/{target[path..]}";
    }
}
