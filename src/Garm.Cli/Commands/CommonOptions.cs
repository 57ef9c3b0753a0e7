using System.CommandLine;
using Garm.Cli.Access;
using Garm.Cli.Terminal;
using Garm.Client;

namespace Garm.Cli.Commands;

/// <summary>The options that several commands share; names and letters are those of GARM's own CLI.</summary>
internal static class CommonOptions
{
    public const string Table = "table";
    public const string Json = "json";

    public static Option<string?> Name(string description) => new("--name", "-n") { Description = description };

    /// <summary>The base URLs of a hub's nodes; the option may be repeated.</summary>
    public static Option<Uri[]?> HubUrls(string description, bool required)
    {
        var option = new Option<Uri[]?>("--url", "-a")
        {
            Description = $"{description}; repeat it for further nodes, which are tried in order",
            Required = required,
        };
        option.CustomParser = result => [.. result.Tokens.Select(x => ParseBase(option.Name, x.Value, result.AddError)).OfType<Uri>()];
        return option;
    }

    /// <summary>The base URL of one GARM server or hub.</summary>
    public static Option<Uri?> ServerUrl(string description) => new("--url", "-a")
    {
        Description = description,
        CustomParser = result => ParseBase("--url", result.Tokens[0].Value, result.AddError),
    };

    public static Option<string> Username() =>
        new("--username", "-u") { Description = "The user name", Required = true };

    public static Option<string?> Password() => new("--password", "-p")
    {
        Description = "The password; other users of the machine can see it in the list of processes",
    };

    public static Option<bool> PasswordStdin(string whose) => new("--password-stdin") { Description = $"Read {whose} from the first line of stdin" };

    /// <summary>A URL; http and https are always accepted, <paramref name="moreSchemes"/> beside them.</summary>
    public static Option<Uri?> Url(string name, string description, params string[] moreSchemes) => new(name)
    {
        Description = description,
        CustomParser = result => ParseUrl(name, result.Tokens[0].Value, moreSchemes, result.AddError),
    };

    public static Option<string> Output(string description) =>
        new Option<string>("--output", "-o") { Description = description, DefaultValueFactory = _ => Table }.AcceptOnlyFromAmong(Table, Json);

    public static Option<string> Filters() => new("--filters", "-m")
    {
        Description = "Which entities and events: the event socket's options message as JSON",
        DefaultValueFactory = _ => Client.Events.EventOptionsJson.Everything,
    };

    /// <summary>The password of a user who is about to log in.</summary>
    public static PasswordSource OwnPassword(CliHost host, string? given, bool fromStdin) =>
        new(host, given, fromStdin, PasswordSource.OwnVariable, "Password:");

    private static Uri? ParseBase(string name, string text, Action<string> complain)
    {
        if (ParseUrl(name, text, [], complain) is not { } address) return null;
        if (BaseUrls.Complaint(address) is not { } complaint) return address;
        complain($"{name}: {complaint}");
        return null;
    }

    private static Uri? ParseUrl(string name, string text, string[] moreSchemes, Action<string> complain)
    {
        if (HubAddress.TryParse(text, out var address)) return address;
        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var other);
        if (isUrl && other!.UserInfo != "")
        {
            // Not repeated: there is a password in it.
            complain($"{name}: a URL with a user name or password in it is not accepted; use --username and a password option");
            return null;
        }

        if (isUrl && moreSchemes.Contains(other!.Scheme)) return other;
        complain($"{name}: '{text}' is not accepted; it takes an absolute URL ({string.Join(", ", ["http", "https", .. moreSchemes])}) without a query");
        return null;
    }
}
