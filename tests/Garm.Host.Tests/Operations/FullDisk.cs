using System.Diagnostics;
using Xunit;

namespace Garm.Host.Tests.Operations;

/// <summary>A small disk in memory that a test fills; skips the test if the machine does not permit the mount.</summary>
internal sealed class FullDisk : IDisposable
{
    private readonly string _filler;

    private FullDisk(string folder)
    {
        Folder = folder;
        _filler = Path.Combine(folder, "filler");
    }

    public string Folder { get; }

    public static FullDisk Mount(int megabytes)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "disks in memory are Linux's");
        var folder = Directory.CreateTempSubdirectory("garm-test-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder)) return new FullDisk(folder);
        Directory.Delete(folder);
        throw new SkipException("a disk in memory cannot be mounted here (root may)");
    }

    /// <summary>Takes all free space.</summary>
    public void Fill()
    {
        using var file = new FileStream(_filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            var block = new byte[4096];
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => File.Delete(_filler);

    public void Dispose()
    {
        Run("umount", Folder);
        Directory.Delete(Folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
