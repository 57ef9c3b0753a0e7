using System.Net;
using System.Net.Sockets;

namespace Garm.Bench.Budget;

/// <summary>Where the built programs are, and free ports.</summary>
internal static class Checkout
{
    private static readonly string Root = FindRoot();

    /// <summary>A program's Release build.</summary>
    /// <exception cref="FileNotFoundException">It is not built.</exception>
    public static string Program(string folder, string name)
    {
        var path = Path.Combine(Root, folder, name, "bin", "Release", "net10.0", $"{name}.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: dotnet build -c Release {folder}/{name}");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Garm.slnx"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("this program runs from its build folder in a checkout");
    }
}
