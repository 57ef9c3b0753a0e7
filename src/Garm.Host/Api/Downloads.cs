namespace Garm.Host.Api;

/// <summary>Answers that are somebody's bytes and no JSON of ours.</summary>
internal static class Downloads
{
    /// <summary>
    /// Has browsers take the answer for what its content type says: what was uploaded as a picture must not run as a page of the
    /// hub, with the reader's cookie.
    /// </summary>
    public static void ForbidSniffing(this HttpResponse response) => response.Headers.XContentTypeOptions = "nosniff";
}
