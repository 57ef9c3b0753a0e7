using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Garm.Actors.Tests.Support;

/// <summary>Time that only a spec moves. Before that, a reply must have shown that the timer is armed.</summary>
internal static class VirtualTime
{
    public static Config Config { get; } = ConfigurationFactory.ParseString(
        """
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        akka.loglevel = DEBUG
        akka.stdout-loglevel = OFF
        """);

    public static void Advance(this TestKitBase kit, TimeSpan by) => ((TestScheduler)kit.Sys.Scheduler).Advance(by);

    public static void AdvanceSeconds(this TestKitBase kit, double by) => kit.Advance(TimeSpan.FromSeconds(by));

    /// <summary>
    /// Moves time in steps until the condition holds: for work with reads in between, where no reply says when the next
    /// timer is armed. Returns how much time was moved.
    /// </summary>
    public static async Task<TimeSpan> AdvanceUntilAsync(
        this TestKitBase kit, string condition, TimeSpan step, TimeSpan atMost, Func<Task<bool>> holds)
    {
        var moved = TimeSpan.Zero;
        while (true)
        {
            for (var i = 0; i < 5; i++)
            {
                if (await holds()) return moved;
                await LetOthersRunAsync();
            }

            Assert.True(moved < atMost, $"After {moved} it still did not hold that {condition}.");
            kit.Advance(step);
            moved += step;
        }
    }

    /// <summary>
    /// Lets what the actors do on other threads complete before time moves on. What the pool already has is done before what comes
    /// last to its queue, however busy the machine is.
    /// </summary>
    public static async Task LetOthersRunAsync()
    {
        await Task.Delay(1);
        await Task.Run(() => { });
    }

    public static Task<T> AskAsync<T>(this IActorRef actor, object message) => actor.Ask<T>(message, TimeSpan.FromSeconds(10));
}
