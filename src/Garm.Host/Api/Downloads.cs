namespace Garm.Host.Api;

/// <summary>Answers whose body is a stored file.</summary>
internal static class Downloads
{
    /// <summary>
    /// Makes browsers obey the answer's content type: an uploaded picture must not run as a page of the hub, with the reader's
    /// cookie.
    /// </summary>
    public static void ForbidSniffing(this HttpResponse response) => response.Headers.XContentTypeOptions = "nosniff";
}
