using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Garm.Data.Tests.Writes;

/// <summary>Two nodes on one database, whose writes can be interleaved between checks and commits.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    private HeldEngine? _held;
    private HeldEngine? _otherHeld;
    private ServiceProvider? _other;

    public TwoNodes(TestEngine engine) => One = new TestDatabase(engine, inner => _held = new HeldEngine(inner));

    /// <summary>The first node.</summary>
    public TestDatabase One { get; }

    public async Task InitializeAsync()
    {
        await One.InitializeAsync();
        _otherHeld = new HeldEngine(One.Where.NewEngine());
        _other = TestDatabase.BuildServices(_otherHeld, new RecordedCommits());
    }

    public async Task DisposeAsync()
    {
        if (_other is not null) await _other.DisposeAsync();
        await One.DisposeAsync();
    }

    /// <summary>Runs when the first node has read and checked everything, and has not begun to write; once.</summary>
    public void BeforeOneWrites(Func<Task> action) => _held!.BeforeTransaction(action);

    /// <summary>Both nodes have read and checked everything before either writes.</summary>
    public void MeetBeforeWriting()
    {
        var (one, two) = (new TaskCompletionSource(), new TaskCompletionSource());
        _held!.BeforeTransaction(() => Meet(one, two));
        _otherHeld!.BeforeTransaction(() => Meet(two, one));

        static Task Meet(TaskCompletionSource own, TaskCompletionSource others)
        {
            own.SetResult();
            return others.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Uses a store of the other node.</summary>
    public async Task OnOtherAsync<TStore>(Func<TStore, Task> use)
        where TStore : notnull
    {
        await using var scope = _other!.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<TStore>());
    }

    /// <summary>Saves changes on the other node.</summary>
    public async Task OnOtherAsync(Action<GarmDbContext> change)
    {
        await using var db = await _other!.GetRequiredService<IDbContextFactory<GarmDbContext>>().CreateDbContextAsync();
        change(db);
        await db.SaveChangesAsync();
    }

    /// <summary><c>done</c>, or the message of the refusal.</summary>
    public static async Task<string> OutcomeAsync(Func<Task> write)
    {
        try
        {
            await write();
            return "done";
        }
        catch (GarmException e)
        {
            return e.Message;
        }
    }
}
