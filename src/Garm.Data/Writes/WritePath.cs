using Garm.Data.Engines;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Writes;

/// <summary>What an attempt of a write uses. One instance per process and database.</summary>
/// <param name="Contexts">Creates contexts.</param>
/// <param name="Engine">Their engine.</param>
/// <param name="Recorder">Saves with the log rows.</param>
/// <param name="Group">Commits units of work together, on an engine that takes one writer.</param>
/// <param name="Updates">Commits updates of single rows together, on an engine that shares them.</param>
public sealed record WritePath(
    IDbContextFactory<GarmDbContext> Contexts, DatabaseEngine Engine, ChangeRecorder Recorder, GroupCommit Group, SharedUpdates Updates);
