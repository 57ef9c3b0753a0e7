using System.Text.RegularExpressions;
using System.Xml.Linq;
using Garm.Cluster.Tests.Support;

namespace Garm.Cluster.Tests.Deployment;

/// <summary>Checks the <c>Dockerfile</c> without building it.</summary>
public sealed partial class ImageSpecs
{
    private static readonly string[] Projects = ["src/Garm.Host/Garm.Host.csproj", "src/Garm.Cli/Garm.Cli.csproj"];

    private static readonly string[] Lines = Repository.Read("Dockerfile").Split('\n', StringSplitOptions.TrimEntries);

    [Fact]
    public void TheImage_RunsAsNobody_FromTheProjectsPaths_AndGetsSignals()
    {
        Assert.Equal(2, Lines.Count(x => x.StartsWith("FROM ", StringComparison.Ordinal)));
        Assert.Contains("USER $APP_UID", Lines);
        Assert.Contains("""ENTRYPOINT ["dotnet", "Garm.Host.dll"]""", Lines);
        Assert.Contains("""CMD ["dotnet", "Garm.Host.dll", "check-health", "http://127.0.0.1:9997/healthz"]""", Lines);
        Assert.Equal(Projects, Lines.Where(x => x.StartsWith("RUN dotnet publish ", StringComparison.Ordinal)).Select(x => x.Split(' ')[3]));
        Assert.All(Projects, x => Assert.True(File.Exists(Repository.PathOf(x)), $"{x} is not there"));
    }

    [Fact]
    public void TheImage_HasTheCommandLine_WhichFindsTheHub()
    {
        var program = XDocument.Load(Repository.PathOf(Projects[1])).Descendants("AssemblyName").Single().Value;

        Assert.Contains($"COPY --from=build /{program} /opt/{program}", Lines);
        Assert.Contains($"RUN ln -s /opt/{program}/{program} /usr/local/bin/{program}", Lines);
        Assert.Contains("GARM_HUB=/app/Garm.Host.dll", Lines);
    }

    /// <summary>A missing project would be restored by the publish, which runs without a restore; an extra one spoils the cache.</summary>
    [Fact]
    public void TheRestore_ComesBeforeTheSources_AndHasEveryProjectOfTheHub()
    {
        var restore = Array.FindIndex(Lines, x => x.StartsWith("RUN dotnet restore ", StringComparison.Ordinal));
        var copied = Lines[..restore].Where(x => x.StartsWith("COPY ", StringComparison.Ordinal)).Select(x => x.Split(' ')[1..]).ToList();

        Assert.True(restore < Array.IndexOf(Lines, "COPY . ."));
        Assert.Equal(["global.json", "Directory.Build.props", "Directory.Packages.props", "./"], copied[0]);
        Assert.All(copied.Skip(1), x => Assert.Equal($"{Path.GetDirectoryName(x[0])}/", x[1]));
        Assert.Equal(Projects.SelectMany(ProjectsOf).Distinct().Order(StringComparer.Ordinal), copied.Skip(1).Select(x => x[0]).Order(StringComparer.Ordinal));
        Assert.All(Projects, x => Assert.Contains($"dotnet restore {x} ", string.Join('\n', Lines), StringComparison.Ordinal));
        Assert.Contains("--no-restore", Repository.Read("Dockerfile"), StringComparison.Ordinal);
        var settings = Directory.GetFiles(Repository.Root, "Directory.Build.*", Sources)
            .Where(x => !x.StartsWith(Repository.PathOf("tests"), StringComparison.Ordinal)); // The image has no tests.
        Assert.Equal(Repository.PathOf("Directory.Build.props"), Assert.Single(settings));
    }

    [Fact]
    public void EveryKey_IsInTheDocument()
    {
        var document = Repository.Read("docs/configuration.md");
        var keys = Variable().Matches(Repository.Read("Dockerfile")).Select(x => x.Groups["key"].Value).ToList();

        Assert.NotEmpty(keys);
        Assert.All(keys, x => Assert.Contains($"`{x.Replace("__", ":")}", document, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData(".ci/run")]
    public void TheImageAndTheTestsHost_AreCompiledAheadOfTime(string file) =>
        Assert.Matches(PublishesAheadOfTime(), Repository.Read(file));

    private static readonly EnumerationOptions Sources = new() { RecurseSubdirectories = true, MaxRecursionDepth = 2 };

    // The project and all its references, from the repository's root.
    private static HashSet<string> ProjectsOf(string project)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { project };
        foreach (var reference in XDocument.Load(Repository.PathOf(project)).Descendants("ProjectReference"))
        {
            var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.PathOf(project))!, reference.Attribute("Include")!.Value));
            found.UnionWith(ProjectsOf(Path.GetRelativePath(Repository.Root, path)));
        }

        return found;
    }

    [GeneratedRegex(@"dotnet publish src/Garm\.Host\S* (-c|--configuration) Release [^\n]*--no-self-contained\s[^\n]*(\\\n\s*)?-p:PublishReadyToRun=true")]
    private static partial Regex PublishesAheadOfTime();

    [GeneratedRegex(@"(?<key>Garm__\w+|Urls)=")]
    private static partial Regex Variable();
}
