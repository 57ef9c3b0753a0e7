using Garm.Host.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Garm.Host.Tests.Configuration;

/// <summary>Settings from the files of <c>Garm:SecretsDirectory</c>.</summary>
public sealed class SecretsDirectorySpecs : IDisposable
{
    private const string Secret = "a-secret-from-a-file";
    private readonly string _folder = Directory.CreateTempSubdirectory("garm-secrets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TheHost_ReadsItsSettings_FromFilesNamedAsVariables()
    {
        Write("Garm__Jwt__Secret", $"{Secret}\n");
        Write("Garm__Secrets__Passphrase", "a-passphrase-from-a-file\n");
        Write("Garm__Database__ConnectionString", $"Data Source={_folder}/other.db");
        Write("a-password-of-another-program", "");

        await using var app = Build();

        var settings = app.Services.GetRequiredService<GarmSettings>();
        Assert.Equal(Secret, settings.Jwt.Secret);
        Assert.Equal("a-passphrase-from-a-file", settings.Passphrase);
        Assert.Equal($"Data Source={_folder}/other.db", settings.Database.ConnectionString);
        Assert.Empty(settings.Unknown);
        Assert.False(File.Exists(Path.Combine(_folder, "data", "jwt-secret")));
    }

    [Fact]
    public async Task ALinkedFile_IsRead_AsKubernetesLaysThem()
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, "..2026_11_28")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "Garm__Jwt__Secret"), Secret);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "..data"), data);
        File.CreateSymbolicLink(Path.Combine(_folder, "Garm__Jwt__Secret"), Path.Combine("..data", "Garm__Jwt__Secret"));

        await using var app = Build();

        Assert.Equal(Secret, app.Services.GetRequiredService<GarmSettings>().Jwt.Secret);
    }

    [Fact]
    public async Task TheCommandLine_IsStronger()
    {
        Write("Garm__Jwt__Secret", Secret);

        await using var app = Build("--Garm:Jwt:Secret=one-of-the-command-line");

        Assert.Equal("one-of-the-command-line", app.Services.GetRequiredService<GarmSettings>().Jwt.Secret);
    }

    [Fact]
    public void TheFiles_AreStrongerThanAppSettings_AndWeakerThanWhatComesAfter()
    {
        Write("Garm__Jwt__Secret", Secret);
        Write("Garm__Secrets__Passphrase", Secret);
        Write("appsettings.json", """{"Garm":{"Jwt":{"Secret":"from-json"},"Secrets":{"Passphrase":"from-json"}}}""");
        using var configuration = new ConfigurationManager();
        configuration.AddJsonFile(Path.Combine(_folder, "appsettings.json"));
        configuration.AddInMemoryCollection([KeyValuePair.Create("Garm:Jwt:Secret", (string?)"from-the-environment"), KeyValuePair.Create("Garm:SecretsDirectory", (string?)_folder)]);

        configuration.AddSecretsDirectory();

        Assert.Equal("from-the-environment", configuration["Garm:Jwt:Secret"]);
        Assert.Equal(Secret, configuration["Garm:Secrets:Passphrase"]);
    }

    [Theory]
    [InlineData("Garm__Jwt__Secret", "Garm:Jwt:Secret")]
    [InlineData("garm__secrets__passphrase", "garm:secrets:passphrase")]
    public void AnEmptyFile_IsRefused_InsteadOfASecretOfTheNodesOwn(string file, string key)
    {
        Write(file, "\n");

        var refusal = Assert.Throws<SettingException>(() => Build());

        Assert.Equal($"{key}: \"{Path.Combine(_folder, file)}\" is empty; accepted: a file that holds the value, or no file", refusal.Message);
    }

    [Fact]
    public void AFolderThatIsNotThere_IsRefused()
    {
        var refusal = Assert.Throws<SettingException>(() => GarmApplication.Build([$"--Garm:SecretsDirectory={_folder}/nowhere"]));

        Assert.StartsWith($"Garm:SecretsDirectory: \"{_folder}/nowhere\" is not an accessible folder; accepted: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASecretThatIsTooShort_IsRefused_AndNotRepeated()
    {
        Write("Garm__Jwt__Secret", "hunter2");

        var refusal = Assert.Throws<SettingException>(() => Build());

        Assert.StartsWith("Garm:Jwt:Secret: it has 7 characters", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.Message, StringComparison.Ordinal);
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    private WebApplication Build(params string[] arguments) => GarmApplication.Build(
        [$"--Garm:SecretsDirectory={_folder}", $"--Garm:DataDirectory={Path.Combine(_folder, "data")}", .. arguments]);
}
