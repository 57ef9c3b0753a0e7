using Garm.Data.Engines;

namespace Garm.Data.Retries;

/// <summary>
/// The time that one attempt has to wait for the database: for a turn, for a connection, and for the answer to each statement.
/// So a server that does not answer at all is given up as soon as one that refuses.
/// </summary>
internal sealed class AttemptTime : IDisposable
{
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    /// <param name="length">From now on.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="cancellation">The caller's.</param>
    public AttemptTime(TimeSpan length, TimeProvider clock, CancellationToken cancellation)
    {
        Length = length > TimeSpan.Zero ? length : TimeSpan.FromMilliseconds(1);
        _cancellation = cancellation;
        _timer = new CancellationTokenSource(Length, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellation);
    }

    /// <summary>The whole of it.</summary>
    public TimeSpan Length { get; }

    /// <summary>Ends the waiting for turns and connections, when the time is up or the caller has gone.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether this is how a wait ends that took too long, and not one that the caller gave up.</summary>
    public bool IsEndOf(Exception exception, DatabaseEngine engine) =>
        _timer.IsCancellationRequested && !_cancellation.IsCancellationRequested && engine.IsCancellation(exception);

    /// <inheritdoc />
    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
