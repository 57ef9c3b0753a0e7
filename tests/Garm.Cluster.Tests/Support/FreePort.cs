using System.Net;
using System.Net.Sockets;

namespace Garm.Cluster.Tests.Support;

/// <summary>A port that was free a moment ago, where a node's address must be known before it starts.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
