using Garm.Data.Engines;
using Garm.Data.Writes;
using Garm.Log;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Schema;

/// <summary>A context for the migrations tool, which reads the model and does not connect.</summary>
public static class DesignTimeContext
{
    /// <summary>Creates one for this engine.</summary>
    public static GarmDbContext Create(DatabaseEngine engine)
    {
        var builder = new DbContextOptionsBuilder<GarmDbContext>();
        GarmDataServices.Configure(builder, engine);
        return new GarmDbContext(
            builder.Options, engine, new ChangeRecorder(engine, TimeProvider.System, new Deaf(), new WriteHealth(TimeProvider.System)));
    }

    private sealed class Deaf : ICommitListener
    {
        public void Committed(ChangeBatch batch)
        {
        }
    }
}
