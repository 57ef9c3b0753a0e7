using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Garm.Contracts.Events;
using Garm.Contracts.Requests;
using Garm.Data.Values;

namespace Garm.Data.Sources;

/// <summary>What makes a source acceptable.</summary>
public static partial class SourceRules
{
    /// <summary>How often everything is listed again, if nothing is said.</summary>
    public const int DefaultRelistSeconds = 60;

    /// <summary>A day.</summary>
    public const int MostRelistSeconds = 86_400;
    private const int MostHosts = 100;

    // Fields of the view: a client that reads a source, changes it and sends it back, sends these too.
    private static readonly HashSet<string> Shown = new(StringComparer.OrdinalIgnoreCase) { "created_at", "updated_at", "status" };

    /// <summary>Refuses a new source that is not acceptable.</summary>
    public static void CheckNew(CreateSourceRequest request)
    {
        CheckKnown(request.Unknown);
        Name(request.Name);
        Url(Given(request.Url, "url", "the server's base URL, such as https://garm.example.com"));
        Given(request.Username, "username", "the name of an administrator of the server");
        Given(request.Password, "password", "the administrator's password");
        CheckRelist(request.RelistSeconds);
        Bundle(request.CaCertBundle);
        Hosts(request.Hosts);
    }

    /// <summary>Refuses changes that are not acceptable.</summary>
    public static void CheckChange(string name, UpdateSourceRequest request)
    {
        CheckKnown(request.Unknown);
        if (request.Name is { } other && other != name)
            throw GarmException.BadRequest($"name cannot be changed: remove \"{name}\" and create \"{other}\"");
        if (request.Url is { } url) Url(url);
        if (request.Username is "") throw GarmException.BadRequest("username is empty; the name of an administrator of the server is expected");
        if (request.Password is "") throw GarmException.BadRequest("password is empty; leave it out to keep the one that is set");
        CheckRelist(request.RelistSeconds);
        Bundle(request.CaCertBundle);
        Hosts(request.Hosts);
    }

    /// <summary>The name, if it is one.</summary>
    public static string Name(string? name) => SourceNames.IsValid(name ?? "")
        ? name!
        : throw GarmException.BadRequest(
            $"name {GoText.Quote(name ?? "")} is not accepted: lower-case letters, digits and hyphens, from 1 to {SourceNames.MostLength}");

    /// <summary>The URL as it is kept: without a slash at its end.</summary>
    public static string Url(string text)
    {
        const string accepted = "an absolute http or https URL without /api/v1, query and fragment, such as https://garm.example.com";
        if (GoUrl.Parse(text) is { HasUserInfo: true }) throw GarmException.BadRequest($"url: {GoUrl.UserInfoRefusal}");
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0
            || url.Query != "" || url.Fragment != "" || text.Contains('?') || text.Contains('#'))
        {
            throw GarmException.BadRequest($"url {GoText.Quote(text)} is not accepted; expected is {accepted}");
        }

        var kept = url.AbsoluteUri.TrimEnd('/');
        return kept.EndsWith("/api/v1", StringComparison.OrdinalIgnoreCase)
            ? throw GarmException.BadRequest($"url {GoText.Quote(text)} is not accepted; expected is {accepted}")
            : kept;
    }

    /// <summary>The certificates as PEM; empty for none.</summary>
    public static byte[] Bundle(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        var bytes = text.Contains("-----BEGIN", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(text) : FromBase64(text);
        return bytes is not null && CaBundle.HasCertificate(bytes)
            ? bytes
            : throw GarmException.BadRequest("ca_cert_bundle holds no readable certificate; PEM certificates are expected, base64 or as they are");
    }

    /// <summary>The host names as they are compared: lower case, each once.</summary>
    public static IReadOnlyList<string> Hosts(IReadOnlyList<string>? hosts)
    {
        if (hosts is { Count: > MostHosts }) throw GarmException.BadRequest($"hosts has {hosts.Count} names; at most {MostHosts} are accepted");
        return [.. (hosts ?? []).Select(Host).Distinct(StringComparer.Ordinal)];
    }

    private static string Host(string? host)
    {
        var name = (host ?? "").Trim().ToLowerInvariant().TrimEnd('.');
        return name.Length <= GarmDbContext.NameLength && HostName().IsMatch(name)
            ? name
            : throw GarmException.BadRequest(
                $"host {GoText.Quote(host ?? "")} is not accepted; expected is a host name, with a port if it is part of the request's Host, such as garm.example.com or 10.0.0.5:8080");
    }

    private static void CheckRelist(long? seconds)
    {
        if (seconds is < 1 or > MostRelistSeconds)
            throw GarmException.BadRequest($"relist_seconds {seconds} is not accepted; expected is a whole number from 1 to {MostRelistSeconds}");
    }

    private static void CheckKnown(IDictionary<string, JsonElement>? unknown)
    {
        if (unknown?.Keys.FirstOrDefault(x => !Shown.Contains(x)) is { } name)
        {
            throw GarmException.BadRequest(
                $"there is no field {GoText.Quote(name)}; there are name, url, username, password, ca_cert_bundle, relist_seconds, enabled, hosts");
        }
    }

    private static string Given(string? value, string key, string expected) =>
        string.IsNullOrEmpty(value) ? throw GarmException.BadRequest($"{key} is missing; expected is {expected}") : value;

    private static byte[]? FromBase64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^([a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\])(:[0-9]{1,5})?$", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();
}
