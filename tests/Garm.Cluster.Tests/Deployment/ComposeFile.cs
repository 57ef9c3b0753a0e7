using System.Text.RegularExpressions;
using Garm.Cluster.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Garm.Cluster.Tests.Deployment;

/// <summary><c>docker-compose.yml</c> with its anchors and merges resolved.</summary>
internal sealed partial class ComposeFile
{
    private readonly Dictionary<object, object> _root;

    public ComposeFile()
    {
        Text = Repository.Read("docker-compose.yml");
        var parser = new MergingParser(new Parser(new StringReader(Text)));
        _root = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(parser);
    }

    public string Text { get; }

    public IReadOnlyDictionary<object, object> Services => Map(_root["services"]);

    /// <summary>The services that are nodes of the hub.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<object, object>> Hubs => Services
        .Where(x => x.Key.ToString()!.StartsWith("hub", StringComparison.Ordinal))
        .ToDictionary(x => x.Key.ToString()!, x => Map(x.Value));

    /// <summary>The variables that the operator must give, each with what the file says when it is missing.</summary>
    public IReadOnlyDictionary<string, string> RequiredVariables => Variable().Matches(Text)
        .GroupBy(x => x.Groups["name"].Value)
        .ToDictionary(x => x.Key, x => x.First().Groups["message"].Value);

    /// <summary>A service's environment, with these values for the variables.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(
        IReadOnlyDictionary<object, object> service, IReadOnlyDictionary<string, string> values) =>
        Map(service["environment"]).ToDictionary(
            x => x.Key.ToString()!,
            x => Variable().Replace(x.Value.ToString()!, match => values[match.Groups["name"].Value]));

    public static IReadOnlyDictionary<object, object> Map(object node) => (Dictionary<object, object>)node;

    [GeneratedRegex(@"(?<!\$)\$\{(?<name>\w+)(?::\?(?<message>[^}]*))?\}")]
    private static partial Regex Variable();
}
