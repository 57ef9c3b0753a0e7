using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Model;

/// <summary>Queries of runners with the navigations that their views need.</summary>
internal static class InstanceQueries
{
    /// <summary>With the navigations of the full view.</summary>
    public static IQueryable<Instance> Whole(GarmDbContext db) => Listed(db)
        .Include(x => x.Addresses)
        .Include(x => x.StatusMessages)
        .AsSplitQuery();

    /// <summary>With the navigations of the view in lists.</summary>
    public static IQueryable<Instance> Listed(GarmDbContext db) => db.Instances
        .Include(x => x.Job)
        .Include(x => x.Pool)
        .Include(x => x.ScaleSet);
}
