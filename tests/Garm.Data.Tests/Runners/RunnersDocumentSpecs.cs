using Garm.Data.Model;
using Xunit;

namespace Garm.Data.Tests.Runners;

/// <summary>Runner providers rely on the states in <c>docs/runners.md</c>, so they must equal the code's.</summary>
public sealed class RunnersDocumentSpecs
{
    private static readonly string[] Machine =
    [
        InstanceStatuses.PendingCreate, InstanceStatuses.Creating, InstanceStatuses.Running, InstanceStatuses.Stopped,
        InstanceStatuses.Error, InstanceStatuses.PendingDelete, InstanceStatuses.PendingForceDelete, InstanceStatuses.Deleting,
        InstanceStatuses.Deleted, InstanceStatuses.Unknown,
    ];

    private static readonly string[] Runner =
    [
        RunnerStatuses.Pending, RunnerStatuses.Installing, RunnerStatuses.Idle, RunnerStatuses.Active, RunnerStatuses.Offline,
        RunnerStatuses.Failed, RunnerStatuses.Terminated,
    ];

    [Fact]
    public void Document_ShouldTellWhatFollows_EachStateOfAMachine() => Compare("status", Machine, InstanceStatuses.After);

    [Fact]
    public void Document_ShouldTellWhatFollows_EachStateOfARunner() => Compare("runner_status", Runner, RunnerStatuses.After);

    private static void Compare(string table, string[] states, Func<string, IReadOnlyList<string>> after)
    {
        var told = Rows(table).ToDictionary(x => x.State, x => x.Followers);

        // A final state has no row.
        Assert.Equal(states.Where(x => after(x).Count > 0).Order(), told.Keys.Order());
        Assert.All(told, x => Assert.Equal(
            after(x.Key).Order(), (x.Value is "each of the others" ? states.Where(y => y != x.Key) : Words(x.Value)).Order()));
    }

    private static IEnumerable<(string State, string Followers)> Rows(string table) =>
        from line in File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "runners.md"))
            .SkipWhile(x => x != $"| {table} | followed by |").Skip(2).TakeWhile(x => x.StartsWith('|'))
        let cells = line.Trim('|').Split('|')
        from state in Words(cells[0])
        select (state, cells[1].Trim());

    private static IEnumerable<string> Words(string cell) => cell.Split(',').Select(x => x.Trim(' ', '`'));
}
