using Garm.Data.ChangeLog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Garm.Data.Sqlite;

/// <summary>For the migrations tool only: see CONTRIBUTING.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<GarmDbContext>
{
    public GarmDbContext CreateDbContext(string[] args)
    {
        var engine = new SqliteEngine("Data Source=:memory:");
        var builder = new DbContextOptionsBuilder<GarmDbContext>();
        GarmDataServices.Configure(builder, engine);
        return new GarmDbContext(builder.Options, new ChangeRecorder(engine, TimeProvider.System, new Deaf()));
    }

    private sealed class Deaf : ICommitListener
    {
        public void Committed(ChangeBatch batch)
        {
        }
    }
}
