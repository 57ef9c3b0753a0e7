using System.Collections.Immutable;

namespace Garm.Golden.Comparing;

/// <summary>
/// Maps recorded identities to actual ones: one-to-one within a kind (UUIDs, the numeric ids of one kind of
/// object), over the whole scenario. It can be reset to a mark, because lists and events are matched by trial.
/// </summary>
internal sealed class IdentityMap
{
    private State _state = new(
        ImmutableDictionary<Identity, string>.Empty,
        ImmutableDictionary<Identity, string>.Empty,
        ImmutableDictionary<string, string>.Empty);

    public IReadOnlyDictionary<string, string> RunnerNames => _state.RunnerNames;

    public State Mark() => _state;

    public void Rewind(State mark) => _state = mark;

    /// <summary>Maps the two; false when either is already mapped to another.</summary>
    public bool Pair(string kind, string recorded, string actual)
    {
        if (_state.ToActual.TryGetValue(new Identity(kind, recorded), out var known)) return known == actual;
        if (_state.ToRecorded.ContainsKey(new Identity(kind, actual))) return false;

        _state = _state with
        {
            ToActual = _state.ToActual.Add(new Identity(kind, recorded), actual),
            ToRecorded = _state.ToRecorded.Add(new Identity(kind, actual), recorded),
        };
        return true;
    }

    /// <summary>Whether the two were mapped before, in any kind: a text does not say which kind of id it contains.</summary>
    public bool ArePaired(string recorded, string actual) =>
        _state.ToActual.Any(pair => pair.Key.Id == recorded && pair.Value == actual);

    public void PairRunnerNames(string recorded, string actual) =>
        _state = _state with { RunnerNames = _state.RunnerNames.SetItem(recorded, actual) };

    internal readonly record struct Identity(string Kind, string Id);

    internal sealed record State(
        ImmutableDictionary<Identity, string> ToActual,
        ImmutableDictionary<Identity, string> ToRecorded,
        ImmutableDictionary<string, string> RunnerNames);
}
