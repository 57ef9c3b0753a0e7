using System.Net;
using System.Net.Sockets;
using Garm.Host.Configuration;

namespace Garm.Host.Lifetime;

/// <summary>
/// Whether the node can listen where its cluster is to reach it. Akka tells the same with pages of log, and only when half of
/// the hub is up.
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
                $"the cluster's address {host}:{cluster.Port} cannot be listened on: {e.Message}; "
                + "see Garm:Cluster:Port, and Garm:Cluster:BindHostname where the host name is not this machine's own", e);
        }
    }
}
