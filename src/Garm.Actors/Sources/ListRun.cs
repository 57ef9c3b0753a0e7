using System.Text.Json;
using Akka.Actor;
using Garm.Contracts.Events;
using Garm.Log.Sources;

namespace Garm.Actors.Sources;

/// <summary>An entry of a list.</summary>
/// <param name="Id">The entity's key.</param>
/// <param name="Route">Where the server shows it alone; null where it does not.</param>
/// <param name="Payload">The entry as it is in the list.</param>
/// <param name="Fingerprint">See <see cref="MirrorComparison.Fingerprint"/>.</param>
internal readonly record struct ListedEntity(string Id, string? Route, ReadOnlyMemory<byte> Payload, ulong Fingerprint);

/// <summary>The list of a type begins: events that come from now on are newer than its entries may be.</summary>
internal sealed record TypeBegins(ListRun Run, EntityType Type, TaskCompletionSource Taken) : IPrivateMessage;

/// <summary>Some entries of a list.</summary>
internal sealed record EntitiesListed(ListRun Run, EntityType Type, IReadOnlyList<ListedEntity> Entities, TaskCompletionSource Taken) : IPrivateMessage;

/// <summary>All lists of a type were read to their ends: what is mirrored and was not among them is gone.</summary>
internal sealed record TypeListed(ListRun Run, EntityType Type, TaskCompletionSource Taken) : IPrivateMessage;

/// <summary>Everything was read, or something failed.</summary>
internal sealed record ListRead(ListRun Run, SourceException? Failure) : IPrivateMessage;

/// <summary>
/// Reads all lists of a server once, a part at a time: the next one when the actor has taken the one before. A type whose list fails
/// is not ended, so that nothing of it is deleted, and the lists after it are read all the same. A server that lacks a list is an older
/// one and has nothing of it; where it had the list before, nothing of the type is deleted either.
/// </summary>
internal sealed class ListRun(ISourceSession session, IActorRef owner, int partSize, IEnumerable<string> answeredBefore) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _answeredBefore = [.. answeredBefore];

    /// <summary>The connection that it reads through.</summary>
    public ISourceSession Session => session;

    /// <summary>The entities of the type that is being listed for which an event has arrived meanwhile.</summary>
    public HashSet<MirrorKey> Touched { get; } = [];

    /// <summary>The keys that the list of the type has had so far.</summary>
    public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary>The lists that were there; to be read when the run has ended.</summary>
    public HashSet<string> Answered { get; } = new(StringComparer.Ordinal);

    /// <summary>Ends the reading.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Begins to read.</summary>
    public void Start() => _ = Task.Run(RunAsync);

    /// <inheritdoc />
    public void Dispose() => _stop.Cancel();

    private async Task RunAsync()
    {
        SourceException? failure = null;
        foreach (var type in SourceRoutes.Types)
        {
            try
            {
                await ReadTypeAsync(type).ConfigureAwait(false);
            }
            catch (LoginEndedException e)
            {
                failure = e;
                break;
            }
            catch (SourceException e)
            {
                failure ??= e;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failure ??= new SourceException($"the list of {type.WireName()} could not be read: {e.Message}", e);
            }
        }

        owner.Tell(new ListRead(this, failure));
    }

    private async Task ReadTypeAsync(EntityType type)
    {
        await TellAsync(taken => new TypeBegins(this, type, taken)).ConfigureAwait(false);
        var (routes, isWhole) = (0, true);
        foreach (var route in SourceRoutes.ListsOf(type))
        {
            try
            {
                await ReadListAsync(type, route).ConfigureAwait(false);
                Answered.Add(route);
                routes++;
            }
            catch (NoSuchRouteException)
            {
                isWhole &= !_answeredBefore.Contains(route);
            }
        }

        if (routes > 0 && isWhole) await TellAsync(taken => new TypeListed(this, type, taken)).ConfigureAwait(false);
    }

    private async Task ReadListAsync(EntityType type, string route)
    {
        var part = new List<ListedEntity>(partSize);
        await foreach (var entity in session.ListAsync(route, Stopped).ConfigureAwait(false))
        {
            // What has no key cannot be known again.
            if (SourceRoutes.IdOf(type, entity) is not { } id) continue;
            part.Add(new ListedEntity(
                id, SourceRoutes.RouteOf(type, route, id, entity), SourceJson.BytesOf(entity), MirrorComparison.Fingerprint(type, entity)));
            if (part.Count < partSize) continue;
            await TellPartAsync(type, part).ConfigureAwait(false);
            part = new List<ListedEntity>(partSize);
        }

        if (part.Count > 0) await TellPartAsync(type, part).ConfigureAwait(false);
    }

    private Task TellPartAsync(EntityType type, List<ListedEntity> part) => TellAsync(taken => new EntitiesListed(this, type, part, taken));

    private async Task TellAsync(Func<TaskCompletionSource, object> message)
    {
        Stopped.ThrowIfCancellationRequested();
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        owner.Tell(message(taken));
        await taken.Task.WaitAsync(Stopped).ConfigureAwait(false);
    }
}
