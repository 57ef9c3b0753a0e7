using Garm.Host.Configuration;

namespace Garm.Host.Tests.Configuration;

public sealed class GeneratedSecretsSpecs : IDisposable
{
    private const string Key = "Garm:Jwt:Secret";

    private readonly string _folder = Directory.CreateTempSubdirectory("garm-secrets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AConfiguredSecret_IsUsed_AndNoFileIsMade()
    {
        Assert.Equal("configured", GeneratedSecrets.Resolve(Key, "configured", _folder, "secret"));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void AGeneratedSecret_StaysTheSame()
    {
        var first = GeneratedSecrets.Resolve(Key, null, _folder, "secret");

        Assert.Equal(64, first.Length);
        Assert.Equal(first, GeneratedSecrets.Resolve(Key, null, _folder, "secret"));
        Assert.NotEqual(first, GeneratedSecrets.Resolve(Key, null, _folder, "other"));
    }

    [Fact]
    public void ItsFile_IsForTheOwnerAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        GeneratedSecrets.Resolve(Key, null, _folder, "secret");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "secret")));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("too short\n")]
    public void AFileWithoutASecret_IsRefused_BecauseItCouldBeGuessed(string text)
    {
        File.WriteAllText(Path.Combine(_folder, "secret"), text);

        var refusal = Assert.Throws<SettingException>(() => GeneratedSecrets.Resolve(Key, null, _folder, "secret"));

        Assert.StartsWith($"{Key}: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"holds {text.Trim().Length} characters; accepted: a file with at least 16", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatCannotBeRead_IsRefusedByItsSetting()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "secret"));

        var refusal = Assert.Throws<SettingException>(() => GeneratedSecrets.Resolve(Key, null, _folder, "secret"));

        Assert.StartsWith($"{Key}: it is not set, and ", refusal.Message, StringComparison.Ordinal);
    }
}
