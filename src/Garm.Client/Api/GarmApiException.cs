using System.Net;

namespace Garm.Client.Api;

/// <summary>The server refused a request. When the server cannot be reached, <see cref="HttpRequestException"/> is thrown instead.</summary>
public sealed class GarmApiException(ApiError apiError) : Exception(apiError.ToString())
{
    /// <summary>The answer.</summary>
    public ApiError ApiError { get; } = apiError;

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status => ApiError.Status;

    /// <summary>The <c>error</c> of the body, e.g. <c>Conflict</c> or <c>init_required</c>.</summary>
    public string Error => ApiError.Error;

    /// <summary>The <c>details</c> of the body, e.g. <c>already initialized</c>; may be empty.</summary>
    public string Details => ApiError.Details;
}
