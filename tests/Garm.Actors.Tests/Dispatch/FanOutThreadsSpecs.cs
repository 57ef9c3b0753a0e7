using System.Collections.Concurrent;
using Akka.Dispatch;
using Garm.Actors.Dispatch;

namespace Garm.Actors.Tests.Dispatch;

public sealed class FanOutThreadsSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<Exception> _reported = new();

    [Fact]
    public async Task OneThread_ShouldDoEverything_InTurn()
    {
        var threads = Threads(1);
        var done = new List<int>();
        var last = new TaskCompletionSource();

        for (var i = 0; i < 1000; i++)
        {
            var n = i;
            threads.Execute(new Work(() => done.Add(n)));
        }

        threads.Execute(new Work(last.SetResult));
        await last.Task.WaitAsync(Patience);

        Assert.Equal(Enumerable.Range(0, 1000), done);
        threads.Shutdown();
    }

    [Fact]
    public async Task TwoThreads_ShouldWorkAtOnce()
    {
        var threads = Threads(2);
        using var both = new Barrier(2);
        var (first, second) = (new TaskCompletionSource<bool>(), new TaskCompletionSource<bool>());

        threads.Execute(new Work(() => first.SetResult(both.SignalAndWait(Patience))));
        threads.Execute(new Work(() => second.SetResult(both.SignalAndWait(Patience))));

        Assert.True(await first.Task.WaitAsync(Patience) && await second.Task.WaitAsync(Patience));
        threads.Shutdown();
    }

    [Fact]
    public async Task WhatATurnLeaves_ShouldBeginAtOnce_WhenItIsMoreThanThatThreadTakesNext()
    {
        var threads = Threads(2);
        using var both = new Barrier(2);
        var (first, second) = (new TaskCompletionSource<bool>(), new TaskCompletionSource<bool>());

        threads.Execute(new Work(() =>
        {
            threads.Execute(new Work(() => first.SetResult(both.SignalAndWait(Patience))));
            threads.Execute(new Work(() => second.SetResult(both.SignalAndWait(Patience))));
        }));

        Assert.True(await first.Task.WaitAsync(Patience) && await second.Task.WaitAsync(Patience));
        threads.Shutdown();
    }

    [Fact]
    public async Task AThread_ShouldGoOn_WhenItsWorkThrows()
    {
        var threads = Threads(1);
        var next = new TaskCompletionSource();

        threads.Execute(new Work(() => throw new InvalidOperationException("a bug")));
        threads.Execute(new Work(next.SetResult));
        await next.Task.WaitAsync(Patience);

        Assert.Equal("a bug", Assert.Single(_reported).Message);
        threads.Shutdown();
    }

    [Fact]
    public async Task Shutdown_ShouldLetQueuedWorkEnd_AndTakeNoMore()
    {
        var threads = Threads(1);
        var (begin, last) = (new TaskCompletionSource(), new TaskCompletionSource());
        threads.Execute(new Work(() => begin.Task.Wait(Patience)));
        threads.Execute(new Work(last.SetResult));

        threads.Shutdown();
        begin.SetResult();

        await last.Task.WaitAsync(Patience);
        Assert.Throws<RejectedExecutionException>(() => threads.Execute(new Work(() => { })));
    }

    private FanOutThreads Threads(int count) => new("fan-out", count, _reported.Enqueue);

    private sealed class Work(Action action) : IRunnable
    {
        public void Run() => action();

        public void Execute() => action();
    }
}
