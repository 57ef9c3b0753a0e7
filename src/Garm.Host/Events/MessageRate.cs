namespace Garm.Host.Events;

/// <summary>
/// A token bucket for the messages of one client, which holds one second's worth. Every connection has one, so it is two numbers instead
/// of a limiter of the framework, which has a timer.
/// </summary>
internal sealed class MessageRate(int perSecond, TimeProvider time)
{
    private double _left = perSecond;
    private long _at = time.GetTimestamp();

    /// <summary>Takes a token for one message; false when there is none.</summary>
    public bool TryTake()
    {
        if (perSecond == 0) return true;
        var now = time.GetTimestamp();
        _left = Math.Min(perSecond, _left + (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
        if (_left < 1) return false;
        _left--;
        return true;
    }
}
