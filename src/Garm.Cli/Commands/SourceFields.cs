using System.CommandLine;
using System.Text.Json.Nodes;
using Garm.Cli.Access;
using Garm.Cli.Terminal;

namespace Garm.Cli.Commands;

/// <summary>What a source has besides its name, as options.</summary>
/// <param name="isNew">Whether the source is made: then URL, user name and password are needed.</param>
internal sealed class SourceFields(bool isNew)
{
    /// <summary>The environment variable with the source's password.</summary>
    public const string PasswordVariable = "GARM_SOURCE_PASSWORD";

    private readonly Option<Uri?> _url = Needed(CommonOptions.ServerUrl("The base URL of the GARM server"), isNew);
    private readonly Option<string?> _username = new("--username", "-u") { Description = "The user name there", Required = isNew };

    private readonly Option<bool> _stdin = CommonOptions.PasswordStdin("the password there");

    private readonly Option<bool> _password = new("--password") { Description = $"Set another password: it is asked for, or from {PasswordVariable}" };

    private readonly Option<FileInfo?> _ca = new("--ca-cert") { Description = "A file with certificates (PEM) that the server's is checked with" };
    private readonly Option<int?> _relist = new("--relist-seconds") { Description = "How often the server's lists are read (default: 60)" };
    private readonly Option<bool?> _enabled = new("--enabled") { Description = "true or false: whether the hub mirrors it (default: true)" };

    private readonly Option<string[]> _hosts = new("--host")
    {
        Description = "A host name at which the hub stands in front of the server; repeat it for more, \"\" for none",
    };

    /// <summary>The options, for a message.</summary>
    public string Names => "--url, --username, --password, --password-stdin, --ca-cert, --relist-seconds, --enabled or --host";

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _url, _username, _stdin, _ca, _relist, _enabled, _hosts }) command.Options.Add(option);
        if (!isNew) command.Options.Add(_password);
    }

    /// <summary>The body of the request: what was given.</summary>
    public async Task<JsonObject> ReadAsync(CliHost host, ParseResult parsed, CancellationToken cancellationToken)
    {
        var body = new JsonObject();
        if (parsed.GetValue(_url) is { } url) body["url"] = url.AbsoluteUri.TrimEnd('/');
        if (parsed.GetValue(_username) is { } username) body["username"] = username;
        if (parsed.GetValue(_ca) is { } file) body["ca_cert_bundle"] = await ReadAsync(file, cancellationToken);
        if (parsed.GetValue(_relist) is { } seconds) body["relist_seconds"] = seconds;
        if (parsed.GetValue(_enabled) is { } enabled) body["enabled"] = enabled;
        if (parsed.GetResult(_hosts) is not null) body["hosts"] = new JsonArray([.. parsed.GetValue(_hosts)!.Where(x => x != "").Select(x => (JsonNode)x)]);

        var fromStdin = parsed.GetValue(_stdin);
        if (isNew || fromStdin || parsed.GetValue(_password))
        {
            var password = new PasswordSource(host, null, fromStdin, PasswordVariable, "Password of the source:");
            body["password"] = await password.GetAsync(cancellationToken);
        }

        return body;
    }

    private static Option<Uri?> Needed(Option<Uri?> option, bool needed)
    {
        option.Required = needed;
        return option;
    }

    private static async Task<string> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file.FullName, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliFailure.Usage($"--ca-cert: {e.Message}");
        }
    }
}
