using System.Text.RegularExpressions;
using Garm.Cluster.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Garm.Cluster.Tests.Deployment;

/// <summary>The alert rules use existing metrics, and the operators' page explains each alert.</summary>
public sealed partial class AlertSpecs
{
    [Fact]
    public void EachRule_AsksForMetricsThatThereAre_AndIsExplained()
    {
        var metrics = Metric().Matches(Repository.Read("docs/metrics.md")).Select(x => x.Value).ToHashSet();
        var explained = Repository.Read("docs/operations.md");
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read("deploy/prometheus-alerts.yml")));
        var rules = ((YamlSequenceNode)yaml.Documents[0].RootNode["groups"]).SelectMany(x => (YamlSequenceNode)x["rules"]).ToList();

        Assert.NotEmpty(rules);
        Assert.All(rules, rule =>
        {
            Assert.All(Metric().Matches((string)rule["expr"]!).Select(x => x.Value), x => Assert.Contains(x, metrics));
            Assert.Contains($"| `{rule["alert"]}` |", explained, StringComparison.Ordinal);
        });
    }

    [GeneratedRegex("garm_[a-z_]+")]
    private static partial Regex Metric();
}
