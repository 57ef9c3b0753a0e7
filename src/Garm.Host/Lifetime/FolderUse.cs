using Garm.Data.Secrets;

namespace Garm.Host.Lifetime;

/// <summary>Marks a data folder as used by a running hub, with a file that is locked as long as the process lives.</summary>
internal sealed class FolderUse : IDisposable
{
    /// <summary>The file's name.</summary>
    public const string FileName = "in-use";

    private readonly FileStream? _file;

    private FolderUse(FileStream? file) => _file = file;

    /// <summary>Locks the file; null when another hub uses the folder. A folder that cannot be written is not locked.</summary>
    public static FolderUse? TryBegin(string directory)
    {
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
            };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly.File;
            return new FolderUse(new FileStream(Path.Combine(directory, FileName), options));
        }
        catch (UnauthorizedAccessException)
        {
            return new FolderUse(null);
        }
        catch (IOException)
        {
            return File.Exists(Path.Combine(directory, FileName)) ? null : new FolderUse(null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
