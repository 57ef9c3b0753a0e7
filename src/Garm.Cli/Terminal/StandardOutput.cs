using Microsoft.Win32.SafeHandles;

namespace Garm.Cli.Terminal;

/// <summary>Stdout that notices when its reader has gone: the console's own stream swallows that and writes on forever.</summary>
internal static class StandardOutput
{
    private const int StdoutDescriptor = 1;

    // EPIPE on Linux and macOS; .NET passes it on as it is where it has no exception of its own.
    private const int BrokenPipe = 32;

    public static TextWriter Open() => new StreamWriter(OpenStream()) { NewLine = "\n", AutoFlush = true };

    public static bool IsReaderGone(IOException exception) => exception.HResult == BrokenPipe;

    private static Stream OpenStream()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return Console.OpenStandardOutput();

        // Only for pipes: a FileStream writes a regular file at its own offset, and '>file 2>&1' shares one.
        var stream = new FileStream(new SafeFileHandle(StdoutDescriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
