using Garm.Cluster.Tests.Support;

namespace Garm.Cluster.Tests.Deployment;

/// <summary>The folder that <c>deploy/make-secrets</c> creates, for one test.</summary>
internal sealed class MadeSecrets : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("garm-secrets-").FullName;

    private MadeSecrets()
    {
    }

    /// <summary>The folder with the secrets' files.</summary>
    public string Folder => Path.Combine(_folder, "made");

    /// <param name="engine">As the script spells it: <c>sqlserver</c>, <c>postgresql</c>.</param>
    public static async Task<MadeSecrets> MakeAsync(string engine)
    {
        var secrets = new MadeSecrets();
        await secrets.MakeAgainAsync(engine);
        return secrets;
    }

    public async Task MakeAgainAsync(string engine)
    {
        var made = await Tool.RunAsync("bash", Repository.PathOf("deploy/make-secrets"), engine, Folder);
        Assert.True(made.ExitCode == 0, made.Errors);
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file)).TrimEnd('\n');

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
