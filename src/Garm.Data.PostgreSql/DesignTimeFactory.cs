using Garm.Data.Schema;
using Microsoft.EntityFrameworkCore.Design;

namespace Garm.Data.PostgreSql;

/// <summary>For the migrations tool only: see CONTRIBUTING.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<GarmDbContext>
{
    public GarmDbContext CreateDbContext(string[] args) => DesignTimeContext.Create(new PostgreSqlEngine("Host=localhost"));
}
