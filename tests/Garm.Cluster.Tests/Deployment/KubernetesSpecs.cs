using Garm.Actors.Clustering;
using Garm.Cluster.Tests.Support;
using Garm.Host.Lifetime;
using k8s;
using k8s.Models;
using YamlDotNet.Serialization;

namespace Garm.Cluster.Tests.Deployment;

/// <summary>The kustomize base: Kubernetes' own types parse it and refuse unknown fields, and its parts fit each other and the hub.</summary>
public sealed class KubernetesSpecs
{
    private const string Base = "deploy/kubernetes/base";
    private const string Example = "deploy/kubernetes/example";

    private readonly V1StatefulSet _nodes = Read<V1StatefulSet>("statefulset.yaml");

    private V1Container Hub => Assert.Single(_nodes.Spec.Template.Spec.Containers);

    [Fact]
    public void TheBase_NamesEveryFile_AndEachIsWhatKubernetesReads()
    {
        var files = Directory.GetFiles(Repository.PathOf(Base)).Select(x => Path.GetFileName(x)).Where(x => x != "kustomization.yaml");
        var resources = ((List<object>)Kustomization(Base)["resources"]).Select(x => x.ToString()!).ToList();

        Assert.Equal(files.Order(StringComparer.Ordinal), resources.Order(StringComparer.Ordinal));
        Assert.All(resources, x => Assert.Single(KubernetesYaml.LoadAllFromString(Repository.Read($"{Base}/{x}"), null, strict: true)));
    }

    [Fact]
    public void EverySelector_FindsTheNodes()
    {
        var labels = _nodes.Spec.Template.Metadata.Labels;
        IDictionary<string, string>[] selectors =
        [
            _nodes.Spec.Selector.MatchLabels,
            Assert.Single(_nodes.Spec.Template.Spec.TopologySpreadConstraints).LabelSelector.MatchLabels,
            Read<V1Service>("service.yaml").Spec.Selector,
            Read<V1Service>("nodes-service.yaml").Spec.Selector,
            Read<V1PodDisruptionBudget>("poddisruptionbudget.yaml").Spec.Selector.MatchLabels,
            Read<V1NetworkPolicy>("networkpolicy.yaml").Spec.PodSelector.MatchLabels,
            Assert.Single(Read<V1NetworkPolicy>("networkpolicy.yaml").Spec.Ingress, x => x.FromProperty is not null).FromProperty.Single().PodSelector.MatchLabels,
        ];

        Assert.NotEmpty(labels);
        Assert.All(selectors, x => Assert.Equal(labels, x));
    }

    [Fact]
    public void ThePorts_AreTheImages_AndHaveTheSameNamesEverywhere()
    {
        Assert.Equal([("http", 9997), ("cluster", 4053)], Hub.Ports.Select(x => (x.Name, x.ContainerPort)));
        Assert.Contains("EXPOSE 9997 4053", Repository.Read("Dockerfile"), StringComparison.Ordinal);
        var clients = Assert.Single(Read<V1Service>("service.yaml").Spec.Ports);
        Assert.Equal(("http", 9997), (clients.TargetPort.Value, clients.Port));
        var nodes = Read<V1Service>("nodes-service.yaml");
        Assert.Equal(("cluster", 4053), (Assert.Single(nodes.Spec.Ports).TargetPort.Value, nodes.Spec.Ports[0].Port));
        Assert.Equal("4053", Settings()["Garm__Cluster__Port"]);
        var policy = Read<V1NetworkPolicy>("networkpolicy.yaml").Spec;
        Assert.Equal(["http"], Assert.Single(policy.Ingress, x => x.FromProperty is null).Ports.Select(x => x.Port.Value));
        Assert.Equal(["cluster"], Assert.Single(policy.Ingress, x => x.FromProperty is not null).Ports.Select(x => x.Port.Value));
    }

    [Fact]
    public void TheNodes_ReachEachOther_BeforeTheyAreReady()
    {
        var nodes = Read<V1Service>("nodes-service.yaml");
        var hostname = Hub.Env.Single(x => x.Name == "Garm__Cluster__Hostname").Value;

        Assert.Equal("None", nodes.Spec.ClusterIP);
        Assert.True(nodes.Spec.PublishNotReadyAddresses);
        Assert.Equal(nodes.Metadata.Name, _nodes.Spec.ServiceName);
        Assert.Equal($"$(POD_NAME).{nodes.Metadata.Name}", hostname);
        Assert.Equal("metadata.name", Hub.Env[0].ValueFrom.FieldRef.FieldPath);

        // A variable may refer only to those before it.
        Assert.Equal("POD_NAME", Hub.Env[0].Name);
    }

    [Fact]
    public void TheProbes_AskWhatTheyShould()
    {
        Assert.Equal("/readyz", Hub.ReadinessProbe.HttpGet.Path);
        Assert.Equal("/healthz", Hub.LivenessProbe.HttpGet.Path);
        Assert.Equal("/healthz", Hub.StartupProbe.HttpGet.Path);
        Assert.All(new[] { Hub.ReadinessProbe, Hub.LivenessProbe, Hub.StartupProbe }, x => Assert.Equal("http", x.HttpGet.Port.Value));
    }

    [Fact]
    public void TheGrace_IsLongerThanTheDrain()
    {
        var before = TimeSpan.FromSeconds(int.Parse(Hub.Lifecycle.PreStop.Exec.Command[^1], System.Globalization.CultureInfo.InvariantCulture));

        Assert.True(
            TimeSpan.FromSeconds(_nodes.Spec.Template.Spec.TerminationGracePeriodSeconds!.Value)
            > before + SessionDrain.Patience + ClusterLinkHostingExtensions.LeavePatience);
        Assert.Equal("1", Read<V1PodDisruptionBudget>("poddisruptionbudget.yaml").Spec.MaxUnavailable.Value);
    }

    [Fact]
    public void TheNodes_RunWithoutRights_AndWriteNowhereElseThanTheyAreGiven()
    {
        var pod = _nodes.Spec.Template.Spec;
        var written = Hub.VolumeMounts.Where(x => x.ReadOnlyProperty is not true).Select(x => x.MountPath);

        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.False(pod.AutomountServiceAccountToken);
        Assert.True(Hub.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(Hub.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], Hub.SecurityContext.Capabilities.Drop);
        Assert.Equal(["/data", "/tmp"], written.Order(StringComparer.Ordinal));
        Assert.Contains("Garm__DataDirectory=/data", Repository.Read("Dockerfile"), StringComparison.Ordinal);
        Assert.All(Hub.VolumeMounts, x => Assert.Contains(x.Name, pod.Volumes.Select(volume => volume.Name)));
    }

    [Fact]
    public void TheSecrets_AreFiles_WhereTheSettingsLookForThem()
    {
        var example = Kustomization(Example);
        var generator = (Dictionary<object, object>)Assert.Single((List<object>)example["secretGenerator"]);
        var files = ((List<object>)generator["files"]).Select(x => Path.GetFileName(x.ToString()!)).ToList();
        var document = Repository.Read("docs/configuration.md");

        Assert.Equal(Settings()["Garm__SecretsDirectory"], Hub.VolumeMounts.Single(x => x.Name == "secrets").MountPath);
        Assert.Equal(generator["name"], _nodes.Spec.Template.Spec.Volumes.Single(x => x.Name == "secrets").Secret.SecretName);
        Assert.Equal(["Garm__Jwt__Secret", "Garm__Secrets__Passphrase", "Garm__Database__ConnectionString"], files);
        Assert.All(
            Settings().Keys.Concat(Literals(example).Keys).Append("Garm__Cluster__Hostname"),
            x => Assert.Contains($"`{x.Replace("__", ":")}", document, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task TheExample_Renders()
    {
        var kubectl = Tool.Find("kubectl");
        Skip.If(kubectl is null, "kubectl is not installed");
        using var made = await MadeSecrets.MakeAsync("postgresql");
        var copy = CopyWith(made);

        var (code, output, errors) = await Tool.RunAsync(kubectl, "kustomize", Path.Combine(copy, "example"));

        Assert.True(code == 0, errors);
        var rendered = KubernetesYaml.LoadAllFromString(output, null, strict: true);
        var secret = Assert.Single(rendered.OfType<V1Secret>());
        var settings = Assert.Single(rendered.OfType<V1ConfigMap>());
        var nodes = Assert.Single(rendered.OfType<V1StatefulSet>()).Spec.Template.Spec;
        Assert.Equal(made.Read("Garm__Jwt__Secret"), System.Text.Encoding.ASCII.GetString(secret.Data["Garm__Jwt__Secret"]).TrimEnd('\n'));
        Assert.Equal(secret.Metadata.Name, nodes.Volumes.Single(x => x.Name == "secrets").Secret.SecretName);
        Assert.Equal(settings.Metadata.Name, nodes.Containers[0].EnvFrom.Single().ConfigMapRef.Name);
        Assert.Equal("PostgreSql", settings.Data["Garm__Database__Provider"]);
        Assert.Equal("lxd", settings.Data["Garm__Providers__0__Name"]);
    }

    // The example expects its secrets in its own folder.
    private static string CopyWith(MadeSecrets made)
    {
        var copy = Path.Combine(made.Folder, "kubernetes");
        foreach (var file in new[] { Base, Example }.SelectMany(x => Directory.GetFiles(Repository.PathOf(x), "*.yaml")))
        {
            var folder = Directory.CreateDirectory(Path.Combine(copy, Path.GetFileName(Path.GetDirectoryName(file))!)).FullName;
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        var secrets = Directory.CreateDirectory(Path.Combine(copy, "example", "secrets")).FullName;
        foreach (var file in Directory.GetFiles(made.Folder)) File.Copy(file, Path.Combine(secrets, Path.GetFileName(file)));
        return copy;
    }

    private static T Read<T>(string file) => KubernetesYaml.Deserialize<T>(Repository.Read($"{Base}/{file}"), strict: true);

    private static Dictionary<object, object> Kustomization(string folder) =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(Repository.Read($"{folder}/kustomization.yaml"));

    private static Dictionary<string, string> Settings() => Literals(Kustomization(Base));

    private static Dictionary<string, string> Literals(Dictionary<object, object> kustomization)
    {
        var generator = (Dictionary<object, object>)Assert.Single((List<object>)kustomization["configMapGenerator"]);
        return ((List<object>)generator["literals"]).Select(x => x.ToString()!.Split('=', 2)).ToDictionary(x => x[0], x => x[1]);
    }
}
