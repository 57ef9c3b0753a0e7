using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Garm.Actors.Dispatch;

/// <summary>
/// Creates <see cref="FanOutThreads"/> for a dispatcher whose <c>executor</c> is this type. Its setting <c>threads</c> is the number of
/// threads; 0, the default, is one for each processor.
/// </summary>
/// <param name="config">The dispatcher's settings.</param>
/// <param name="prerequisites">Akka's services.</param>
public sealed class FanOutThreadsConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : ExecutorServiceConfigurator(config, prerequisites)
{
    /// <inheritdoc />
    public override ExecutorService Produce(string id)
    {
        var threads = Config.GetInt("threads") is > 0 and var set ? set : Environment.ProcessorCount;
        var events = Prerequisites.EventStream;
        return new FanOutThreads(
            id, threads, e => events.Publish(new Error(e, id, typeof(FanOutThreads), "An actor's turn failed outside of the actor")));
    }
}
