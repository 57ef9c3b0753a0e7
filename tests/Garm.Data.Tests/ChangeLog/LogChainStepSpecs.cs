using Garm.Log;
using Xunit;

namespace Garm.Data.Tests.ChangeLog;

public sealed class LogChainStepSpecs
{
    private static readonly Guid[] Commits =
    [
        Guid.Parse("00000000-0000-7000-8000-000000000000"),
        Guid.Parse("00000000-0000-7000-8000-0000ffffffff"),
        Guid.Parse("00000000-0000-7000-8000-00007fffffff"),
        Guid.Parse("0198c0de-0000-7000-8000-123456789abc"),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(LogChain.Prime - 1)]
    public void AStepOfSeveralCommits_IsWhatEachOfThemDoesInTurn(long value)
    {
        var chain = new LogChain(value);
        var step = LogChainStep.None;
        Assert.Equal(chain, From(step, chain));
        foreach (var commit in Commits)
        {
            chain = chain.After(commit);
            step = step.After(commit);
            Assert.Equal(chain, From(step, new LogChain(value)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(LogChain.Prime - 1)]
    public void StepsBack_LeadFromTheEndToEachCommit(long value)
    {
        var chains = new List<LogChain> { new(value) };
        foreach (var commit in Commits) chains.Add(chains[^1].After(commit));

        var back = LogChainStep.None;
        for (var i = Commits.Length; i > 0; i--)
        {
            Assert.Equal(chains[i], From(back, chains[^1]));
            back = back.Before(Commits[i - 1]);
        }

        Assert.Equal(chains[0], From(back, chains[^1]));
    }

    // As the statement computes it.
    private static LogChain From(LogChainStep step, LogChain chain) => new(((chain.Value * step.Factor) + step.Addend) % LogChain.Prime);
}
