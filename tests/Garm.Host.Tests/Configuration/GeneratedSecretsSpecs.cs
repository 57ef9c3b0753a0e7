using Garm.Host.Configuration;

namespace Garm.Host.Tests.Configuration;

public sealed class GeneratedSecretsSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("garm-secrets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AConfiguredSecret_IsUsed_AndNoFileIsMade()
    {
        Assert.Equal("configured", GeneratedSecrets.Resolve("configured", _folder, "secret"));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void AGeneratedSecret_StaysTheSame()
    {
        var first = GeneratedSecrets.Resolve(null, _folder, "secret");

        Assert.Equal(64, first.Length);
        Assert.Equal(first, GeneratedSecrets.Resolve(null, _folder, "secret"));
        Assert.NotEqual(first, GeneratedSecrets.Resolve(null, _folder, "other"));
    }

    [Fact]
    public void ItsFile_IsForTheOwnerAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        GeneratedSecrets.Resolve(null, _folder, "secret");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "secret")));
        Assert.Single(Directory.GetFiles(_folder));
    }
}
