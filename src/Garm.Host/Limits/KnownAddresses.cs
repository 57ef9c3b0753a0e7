namespace Garm.Host.Limits;

/// <summary>The addresses from which users have logged in since the start; the newest ones, up to a limit.</summary>
internal sealed class KnownAddresses(int capacity)
{
    private readonly Lock _gate = new();
    private readonly HashSet<(string User, string Place)> _known = [];
    private readonly Queue<(string User, string Place)> _order = [];

    public bool Contains(string user, string place)
    {
        lock (_gate) return _known.Contains((user, place));
    }

    public void Add(string user, string place)
    {
        lock (_gate)
        {
            if (!_known.Add((user, place))) return;
            _order.Enqueue((user, place));
            if (_order.Count > capacity) _known.Remove(_order.Dequeue());
        }
    }
}
