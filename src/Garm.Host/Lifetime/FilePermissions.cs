using Garm.Data.Engines;
using Garm.Data.Secrets;
using Garm.Host.Configuration;

namespace Garm.Host.Lifetime;

/// <summary>Restricts the hub's files to the hub's user, and warns the operator when that fails.</summary>
internal sealed class FilePermissions(GarmSettings settings, DatabaseEngine engine)
{
    /// <summary>Warnings of <see cref="Protect"/>, each with the command to run.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>Repairs the modes of the hub's files, but not the folder's: an operator may have shared it on purpose.</summary>
    public void Protect()
    {
        string[] names = [.. GeneratedSecrets.FileNames, DataFolder.MarkName];
        var ours = names.Select(x => Path.Combine(settings.DataDirectory, x)).Where(x => !OwnerOnly.TryProtect(x));
        var warnings = engine.ProtectFiles().Concat(ours)
            .Select(x => $"the file {x} can be read or changed by others, and this process may not change that; run: chmod 600 '{x}'")
            .ToList();
        if (Directory.Exists(settings.DataDirectory) && OwnerOnly.IsOpenToOthers(settings.DataDirectory))
            warnings.Insert(0, $"the data folder {settings.DataDirectory} can be read or changed by others; run: chmod 700 '{settings.DataDirectory}'");
        Warnings = warnings;
    }
}
