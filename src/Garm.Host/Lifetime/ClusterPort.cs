using System.Net;
using System.Net.Sockets;
using Garm.Host.Configuration;

namespace Garm.Host.Lifetime;

/// <summary>
/// Checks before the start whether the node can listen on its cluster address. Akka would report it with many log lines, when half of the
/// hub is up.
/// </summary>
internal static class ClusterPort
{
    /// <exception cref="StartException">It cannot.</exception>
    public static async Task CheckAsync(ClusterSettings cluster)
    {
        if ((cluster.BindHostname ?? cluster.Hostname) is not { } host) return;
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host);
            var address = addresses.FirstOrDefault(x => x.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, cluster.Port));
        }
        catch (SocketException e)
        {
            throw new StartException(
                $"the hub cannot listen on the cluster's address {host}:{cluster.Port}: {e.Message}; "
                + "see Garm:Cluster:Port, and Garm:Cluster:BindHostname if the host name is not this machine's own", e);
        }
    }
}
