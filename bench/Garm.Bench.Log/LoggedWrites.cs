using Garm.Contracts.Requests;
using Garm.Data.Proxies;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Garm.Bench.Log;

/// <summary>The writes as the hub does them.</summary>
internal static class LoggedWrites
{
    /// <summary>Reads a row, changes it, saves it.</summary>
    public static async Task BareAsync(IServiceProvider services, long id, int turn)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<UnitOfWork>().WriteAsync(
            async db => (await db.Proxies.SingleAsync(x => x.Id == id)).Description = $"change {turn}", default);
    }

    /// <summary>A proxy gets another name.</summary>
    public static async Task RenameAsync(IServiceProvider services, long id, int turn)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ProxyStore>().UpdateAsync(
            id, new UpdateProxyRequest { Name = $"p{id}-{turn}" }, default);
    }
}
