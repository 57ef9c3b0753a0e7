using System.Collections;
using System.Text.Json;
using Akka.Configuration;
using Akka.Hosting;

namespace Garm.Actors.Hosting;

/// <summary>
/// Reads Akka's settings, in order of precedence: environment variables, <c>garm.&lt;environment&gt;.conf</c>, <c>garm.conf</c>, and the
/// libraries' defaults. They contain <c>akka.*</c> only; the hub's own settings are typed options. For the cluster's actor system
/// <c>cluster.conf</c> takes precedence over the other files.
/// </summary>
public static class GarmHocon
{
    private const string VariablePrefix = "AKKA__";
    private const string HubFile = "garm";
    private const string ClusterFile = "cluster";

    /// <summary>
    /// Reads the files of <paramref name="directory"/> and the process's environment variables: <c>AKKA__LOGLEVEL</c> is
    /// <c>akka.loglevel</c>; two underscores are a dot, one is a dash, capitals are small.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no <c>garm.conf</c>.</exception>
    /// <exception cref="FormatException">A file is not valid HOCON.</exception>
    public static AkkaConfigurationBuilder WithGarmHocon(
        this AkkaConfigurationBuilder builder, string directory, string? environment = null) =>
        builder.AddHocon(Load(directory, environment, ProcessVariables()), HoconAddMode.Prepend);

    /// <summary>The same, with these variables instead of the process's.</summary>
    public static Config Load(string directory, string? environment, IEnumerable<KeyValuePair<string, string>> variables) =>
        Load(HubFile, directory, environment, variables);

    /// <summary>Reads the settings of the cluster's actor system.</summary>
    /// <exception cref="FileNotFoundException">There is no <c>cluster.conf</c> or no <c>garm.conf</c>.</exception>
    /// <exception cref="FormatException">A file is not valid HOCON.</exception>
    public static Config LoadCluster(string directory, string? environment) =>
        LoadCluster(directory, environment, ProcessVariables());

    /// <summary>The same, with these variables instead of the process's.</summary>
    public static Config LoadCluster(
        string directory, string? environment, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var all = variables.ToList();
        return Load(ClusterFile, directory, environment, all).WithFallback(Load(HubFile, directory, environment, all));
    }

    private static Config Load(
        string name, string directory, string? environment, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var config = Parse(Path.Combine(directory, $"{name}.conf"));
        if (!string.IsNullOrEmpty(environment))
        {
            // The files' names are lower case, and Linux is case-sensitive.
            var file = Path.Combine(directory, $"{name}.{environment.ToLowerInvariant()}.conf");
            if (File.Exists(file)) config = Parse(file).WithFallback(config);
        }

        foreach (var (variable, value) in variables)
        {
            if (!variable.StartsWith(VariablePrefix, StringComparison.OrdinalIgnoreCase)) continue;
            var path = variable.ToLowerInvariant().Replace("__", ".").Replace('_', '-');
            config = ConfigurationFactory.ParseString($"{path} = {ValueOf(value)}").WithFallback(config);
        }

        return config;
    }

    private static Config Parse(string file)
    {
        if (!File.Exists(file)) throw new FileNotFoundException($"Akka's settings are missing: {file}", file);
        var text = File.ReadAllText(file);
        if (HoconBrackets.FindFault(text) is { } fault) throw new FormatException($"{file} is not valid HOCON: {fault}");
        try
        {
            return ConfigurationFactory.ParseString(text);
        }
        catch (Exception e) when (e is ConfigurationException or FormatException)
        {
            throw new FormatException($"{file} is not valid HOCON: {e.Message}", e);
        }
    }

    // A JSON list is a list; everything else is text, which Akka converts.
    private static string ValueOf(string value)
    {
        try
        {
            if (value.StartsWith('[')) return JsonSerializer.Serialize(JsonSerializer.Deserialize<string[]>(value));
        }
        catch (JsonException)
        {
            // Text that begins with a bracket, such as an IPv6 address.
        }

        return $"\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
    }

    private static IEnumerable<KeyValuePair<string, string>> ProcessVariables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Select(e => new KeyValuePair<string, string>((string)e.Key, e.Value as string ?? ""));
}
