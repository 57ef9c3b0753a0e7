namespace Garm.Host.Events;

/// <summary>
/// How fast one client may send messages: a second's worth at once, and after that as many as time allows. Each
/// connection has one, so it is two numbers and not a limiter of the framework with its timer.
/// </summary>
internal sealed class MessageRate(int perSecond, TimeProvider time)
{
    private double _left = perSecond;
    private long _at = time.GetTimestamp();

    /// <summary>Whether one more message is within the rate; it is counted when it is.</summary>
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
