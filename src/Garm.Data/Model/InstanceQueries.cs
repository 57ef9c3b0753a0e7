using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Model;

/// <summary>Runners with what their views show.</summary>
internal static class InstanceQueries
{
    /// <summary>With all that is shown of one.</summary>
    public static IQueryable<Instance> Whole(GarmDbContext db) => Listed(db)
        .Include(x => x.Addresses)
        .Include(x => x.StatusMessages)
        .AsSplitQuery();

    /// <summary>With what lists show.</summary>
    public static IQueryable<Instance> Listed(GarmDbContext db) => db.Instances
        .Include(x => x.Job)
        .Include(x => x.Pool)
        .Include(x => x.ScaleSet);
}
