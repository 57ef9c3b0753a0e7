using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Garm.Actors.Sources;
using Garm.Contracts.Text;

namespace Garm.Host.Sources;

/// <summary>Says in plain words what failed.</summary>
internal static class SourceFailures
{
    private const int LongestQuote = 200;

    /// <summary>The server was not reached, or went away.</summary>
    /// <param name="url">What was asked.</param>
    /// <param name="cause">The exception.</param>
    public static SourceException NotReached(Uri url, Exception cause)
    {
        var where = $"{url.Scheme}://{url.Authority}";
        if (Find<CertificateException>(cause) is { } certificate)
            return new SourceException($"the certificate of {where} is not accepted: {certificate.Message}", cause);
        if (Find<AuthenticationException>(cause) is { } tls)
            return new SourceException($"no TLS connection with {where} comes about: {Plain(tls)}; is the URL's scheme right?", cause);

        return new SourceException($"{where} cannot be reached: {ReasonOf(cause)}", cause);
    }

    /// <summary>Why a server was not reached, without its address.</summary>
    public static string ReasonOf(Exception cause) => Find<AuthenticationException>(cause) is { } tls
        ? $"its certificate is not accepted: {Plain(tls)}"
        : Plain(Find<SocketException>(cause) ?? Innermost(cause));

    /// <summary>There was no answer in time.</summary>
    public static SourceException TooLate(Uri url, TimeSpan patience, Exception? cause = null) =>
        new($"{url.Scheme}://{url.Authority} does not answer within {patience.TotalSeconds:0} s", cause);

    /// <summary>What answers is no GARM server.</summary>
    public static SourceException NotGarm(Uri url, string what) =>
        new($"what answers at {url.GetLeftPart(UriPartial.Path)} is no GARM server ({what}); is the URL right?");

    /// <summary>The server refused.</summary>
    /// <param name="url">What was asked.</param>
    /// <param name="status">The status.</param>
    /// <param name="body">The answer.</param>
    public static SourceException Refused(Uri url, int status, string body) =>
        new($"{url.AbsolutePath} was answered with {status}{Details(body)}");

    /// <summary>GARM's own words of an error answer.</summary>
    public static string Details(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return "";
            var words = new[] { "error", "details" }
                .Select(x => json.RootElement.TryGetProperty(x, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "")
                .Where(x => x.Length > 0).ToList();
            return words.Count == 0 ? "" : $" ({TextCut.To(string.Join(": ", words), LongestQuote)})";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string Plain(Exception cause) => TextCut.To(cause.Message.ReplaceLineEndings(" ").TrimEnd('.'), LongestQuote);

    private static Exception Innermost(Exception cause) => cause.InnerException is { } inner ? Innermost(inner) : cause;

    private static T? Find<T>(Exception? cause)
        where T : Exception => cause as T ?? (cause?.InnerException is { } inner ? Find<T>(inner) : null);
}
