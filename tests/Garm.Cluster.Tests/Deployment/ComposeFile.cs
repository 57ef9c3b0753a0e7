using Garm.Cluster.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Garm.Cluster.Tests.Deployment;

/// <summary>A compose file with its anchors and merges resolved.</summary>
internal sealed class ComposeFile
{
    private readonly string _folder;
    private readonly Dictionary<object, object> _root;

    /// <param name="path">The file, from the project's own folder.</param>
    public ComposeFile(string path)
    {
        _folder = Path.GetDirectoryName(Repository.PathOf(path))!;
        var parser = new MergingParser(new Parser(new StringReader(Repository.Read(path))));
        _root = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(parser);
    }

    public IReadOnlyDictionary<string, IReadOnlyDictionary<object, object>> Services =>
        Map(_root["services"]).ToDictionary(x => x.Key.ToString()!, x => Map(x.Value));

    /// <summary>The services that are nodes of the hub.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<object, object>> Hubs =>
        Services.Where(x => x.Key.StartsWith("hub", StringComparison.Ordinal)).ToDictionary();

    /// <summary>The file's secrets by their names, each with the full path of its file.</summary>
    public IReadOnlyDictionary<string, string> Secrets => _root.TryGetValue("secrets", out var secrets)
        ? Map(secrets).ToDictionary(x => x.Key.ToString()!, x => PathOf(Map(x.Value)["file"]))
        : new Dictionary<string, string>();

    /// <summary>The full path of a path in the file, which is relative to the file's folder.</summary>
    public string PathOf(object path) => Path.GetFullPath(Path.Combine(_folder, path.ToString()!));

    /// <summary>A service's environment; empty if it has none.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(IReadOnlyDictionary<object, object> service) =>
        service.TryGetValue("environment", out var environment)
            ? Map(environment).ToDictionary(x => x.Key.ToString()!, x => x.Value.ToString()!)
            : new Dictionary<string, string>();

    /// <summary>The names of the files in a service's <c>/run/secrets</c>, each with its secret.</summary>
    public static IReadOnlyDictionary<string, string> SecretsOf(IReadOnlyDictionary<object, object> service) =>
        service.TryGetValue("secrets", out var secrets)
            ? ((List<object>)secrets).ToDictionary(
                x => x is string name ? name : Map(x)["target"].ToString()!,
                x => x is string name ? name : Map(x)["source"].ToString()!)
            : new Dictionary<string, string>();

    public static IReadOnlyDictionary<object, object> Map(object node) => (Dictionary<object, object>)node;
}
