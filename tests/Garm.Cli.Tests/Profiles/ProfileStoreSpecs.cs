using Garm.Cli.Profiles;
using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;

namespace Garm.Cli.Tests.Profiles;

public sealed class ProfileStoreSpecs : IDisposable
{
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();
    private readonly ProfileStore _store;

    public ProfileStoreSpecs() => _store = new ProfileStore(_folder.ConfigFile);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Store_ShouldBeEmpty_WhenThereIsNoFile()
    {
        Assert.Empty(_store.Load().Profiles);
        Assert.Null(_store.Load().Active);
    }

    [Fact]
    public void Store_ShouldKeepSeveralProfiles_AndTheActiveOne()
    {
        _store.Save(ProfileSet.Empty.With("one", Profile("http://one")).With("two", Profile("http://two")));

        var loaded = new ProfileStore(_store.Path).Load();

        Assert.Equal("two", loaded.Active);
        Assert.Equal(["one", "two"], loaded.Profiles.Keys);
        Assert.Equal(Profile("http://one"), loaded.Get("one").Profile);
        Assert.Equal(Profile("http://two"), loaded.Get(null).Profile);
    }

    [SkippableFact]
    public void Store_ShouldMakeFileAndFolder_ForTheOwnerOnly()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no file modes");
        _store.Save(ProfileSet.Empty);

#pragma warning disable CA1416 // guarded by the skip above, which the analyzer does not know
        Assert.Equal(FileMode600, File.GetUnixFileMode(_store.Path));
        Assert.Equal(
            FileMode600 | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(_store.Path)!));
#pragma warning restore CA1416
    }

    [SkippableFact]
    public void Store_ShouldNarrowTheMode_OfAFileThatWasOpenToAll()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no file modes");
        _store.Save(ProfileSet.Empty);
#pragma warning disable CA1416 // guarded by the skip above, which the analyzer does not know
        File.SetUnixFileMode(_store.Path, FileMode600 | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        _store.Save(ProfileSet.Empty.With("one", Profile("http://one")));

        Assert.Equal(FileMode600, File.GetUnixFileMode(_store.Path));
#pragma warning restore CA1416
    }

    [Fact]
    public void Store_ShouldReplaceTheFile_AndNotWriteIntoIt()
    {
        _store.Save(ProfileSet.Empty.With("old", Profile("http://old")));
        using var reader = new StreamReader(_store.Path);

        _store.Save(ProfileSet.Empty.With("new", Profile("http://new")));

        // Who had opened the old file still reads it whole.
        Assert.Contains("http://old", reader.ReadToEnd());
        Assert.Equal("new", _store.Load().Active);
    }

    [Fact]
    public void Store_ShouldLeaveNothingBehind_WhenTheFileCannotBeReplaced()
    {
        Directory.CreateDirectory(_store.Path);

        Assert.ThrowsAny<Exception>(() => _store.Save(ProfileSet.Empty));

        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(_store.Path)!));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"active": "one"}""")]
    [InlineData("""{"active": null, "profiles": {"one": {"url": null, "username": "a", "token": "t"}}}""")]
    public void Store_ShouldNameTheFile_WhenItCannotBeRead(string content)
    {
        _store.Save(ProfileSet.Empty);
        File.WriteAllText(_store.Path, content);

        var failure = Assert.Throws<CliFailure>(() => _store.Load());

        Assert.Equal(ExitCodes.Failed, failure.ExitCode);
        Assert.Contains(_store.Path, failure.Message);
    }

    [Fact]
    public void Profile_ShouldNotShowItsToken() => Assert.DoesNotContain("secret", Profile("http://one").ToString());

    private static Profile Profile(string url) => new(url, "admin", "secret");
}
