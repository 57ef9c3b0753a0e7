using Garm.Data.Engines;
using Garm.Data.Secrets;
using Garm.Host.Configuration;

namespace Garm.Host.Lifetime;

/// <summary>Sees to it that nobody but the hub's user reads what the hub writes, and tells the operator where it cannot.</summary>
internal sealed class FilePermissions(GarmSettings settings, DatabaseEngine engine)
{
    /// <summary>Warnings for the operator, each with what to run; found by <see cref="Protect"/>.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>Repairs the modes of the hub's files. The folder's is left alone: an operator may have shared it on purpose.</summary>
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
