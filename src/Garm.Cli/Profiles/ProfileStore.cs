using System.Text.Json;
using Garm.Cli.Terminal;

namespace Garm.Cli.Profiles;

/// <summary>
/// The profile file. It holds tokens: only its owner may read it. It is written beside and moved into place, so that a
/// reader, or a crash, sees the old file or the new one and nothing in between.
/// </summary>
internal sealed class ProfileStore(string path)
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    public string Path { get; } = path;

    public ProfileSet Load()
    {
        try
        {
            using var file = File.OpenRead(Path);
            return JsonSerializer.Deserialize(file, ProfileJson.Default.ProfileSet) ?? ProfileSet.Empty;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ProfileSet.Empty;
        }
        catch (JsonException e)
        {
            throw CliFailure.Failed($"the profile file {Path} cannot be read: {e.Message} Repair or delete it.");
        }
    }

    public void Save(ProfileSet profiles)
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        if (!Directory.Exists(folder)) CreateFolder(folder);

        var temporary = $"{Path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(temporary, NewFile()))
            {
                JsonSerializer.Serialize(file, profiles, ProfileJson.Default.ProfileSet);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, Path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerFolder);
    }

    private static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        return options;
    }
}
