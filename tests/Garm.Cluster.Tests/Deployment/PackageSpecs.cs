using System.IO.Compression;
using System.Xml.Linq;
using Garm.Cluster.Tests.Support;
using Garm.TestUtilities;

namespace Garm.Cluster.Tests.Deployment;

/// <summary>The packages that <c>dotnet pack</c> creates from the released projects.</summary>
public sealed class PackageSpecs
{
    private const string Repo = "https://git.example.com/garm/garm";

    private static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    [LongFact]
    public async Task EveryPackage_HasItsLicence_ItsPlace_AndTheFrameworksItIsFor()
    {
        var folder = Directory.CreateTempSubdirectory("garm-pack-").FullName;
        try
        {
            var packages = await PackAsync(folder);

            Assert.All(packages, x => CheckCommon(x.Files, x.Metadata));
            foreach (var id in new[] { "Garm.Client", "Garm.Contracts" })
                CheckLibrary(id, packages.Single(x => x.Id == id).Files, packages.Single(x => x.Id == id).Metadata);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // All in one process of MSBuild, which takes longer to start than to pack. From the output of the solution's build, in the configuration of
    // the tests; no MSBuild server may outlive the command and hold its output open.
    private static async Task<List<(string Id, string[] Files, XElement Metadata)>> PackAsync(string folder)
    {
        var projects = Released().ToList();
        var all = Path.Combine(folder, "pack.proj");
        new XElement("Project", new XElement("Target", new XAttribute("Name", "Pack"), new XElement(
            "MSBuild", new XAttribute("Projects", string.Join(';', projects)), new XAttribute("Targets", "Pack"),
            new XAttribute("Properties", $"NoBuild=true;Configuration={Configuration};PackageOutputPath={folder};RepositoryUrl={Repo}")))).Save(all);
        var packed = await Tool.RunAsync("dotnet", "msbuild", all, "-target:Pack", "-nodeReuse:false", "-nologo");
        Assert.True(packed.ExitCode == 0, packed.Output + packed.Errors);
        var files = Directory.GetFiles(folder, "*.nupkg");
        Assert.Equal(projects.Count, files.Length);
        return [.. await Task.WhenAll(files.Select(OpenAsync))];
    }

    private static void CheckCommon(string[] files, XElement metadata)
    {
        var licence = Named(metadata, "license")!;
        Assert.Equal(("expression", "Apache-2.0"), (licence.Attribute("type")!.Value, licence.Value));
        Assert.Contains("LICENSE", files);
        Assert.Equal(Repo, Named(metadata, "repository")!.Attribute("url")!.Value);
        Assert.Equal("git", Named(metadata, "repository")!.Attribute("type")!.Value);
        Assert.Equal(Repo, Named(metadata, "projectUrl")!.Value);
        Assert.Contains(Named(metadata, "readme")!.Value, files);
    }

    private static void CheckLibrary(string id, string[] files, XElement metadata)
    {
        foreach (var framework in new[] { "net8.0", "net10.0" })
        {
            Assert.Contains($"lib/{framework}/{id}.dll", files);
            Assert.Contains($"lib/{framework}/{id}.xml", files);
            var group = Named(metadata, "dependencies")!.Elements().Single(x => x.Attribute("targetFramework")!.Value == framework);

            // The package contains nothing but the contract.
            Assert.Equal(id == "Garm.Client" ? ["Garm.Contracts"] : [], group.Elements().Select(x => x.Attribute("id")!.Value));
        }
    }

    private static IEnumerable<string> Released() => Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
        .Where(x => File.ReadAllText(x).Contains("<PackageReadmeFile>", StringComparison.Ordinal));

    private static async Task<(string Id, string[] Files, XElement Metadata)> OpenAsync(string path)
    {
        await using var package = await ZipFile.OpenReadAsync(path);
        var nuspec = package.Entries.Single(x => x.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
        await using var stream = await nuspec.OpenAsync();
        var metadata = (await XDocument.LoadAsync(stream, LoadOptions.None, CancellationToken.None)).Root!.Elements().Single(x => x.Name.LocalName == "metadata");
        return (Named(metadata, "id")!.Value, [.. package.Entries.Select(x => x.FullName)], metadata);
    }

    private static XElement? Named(XElement metadata, string name) => metadata.Elements().SingleOrDefault(x => x.Name.LocalName == name);
}
