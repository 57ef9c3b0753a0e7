using System.Collections;
using System.Numerics;

namespace Garm.Contracts.Events;

/// <summary>An entity type and an operation: the pair by which a plain GARM filter selects.</summary>
/// <param name="Type">The entity's type.</param>
/// <param name="Operation">The operation on it.</param>
public readonly record struct EventKind(EntityType Type, ChangeOperation Operation)
{
    /// <summary>The number of kinds.</summary>
    public static int Count => EntityTypes.Count * ChangeOperations.Count;

    /// <summary>A dense number from 0 to <see cref="Count"/> - 1, for arrays and bit sets.</summary>
    public int Index => ((int)Type * ChangeOperations.Count) + (int)Operation;

    /// <summary>The kind with this <see cref="Index"/>.</summary>
    public static EventKind FromIndex(int index) =>
        new((EntityType)(index / ChangeOperations.Count), (ChangeOperation)(index % ChangeOperations.Count));
}

/// <summary>A set of <see cref="EventKind"/>: one bit each, so that a test costs one instruction.</summary>
public readonly record struct EventKinds : IEnumerable<EventKind>
{
    private readonly ulong _bits;

    private EventKinds(ulong bits) => _bits = bits;

    /// <summary>The empty set.</summary>
    public static EventKinds None => default;

    /// <summary>Every kind.</summary>
    public static EventKinds All { get; } = new((1UL << EventKind.Count) - 1);

    /// <summary>Whether the set is empty.</summary>
    public bool IsEmpty => _bits == 0;

    /// <summary>The number of kinds in the set.</summary>
    public int Count => BitOperations.PopCount(_bits);

    /// <summary>The set with this kind added.</summary>
    public EventKinds With(EventKind kind) => new(_bits | (1UL << kind.Index));

    /// <summary>Whether the kind is in the set.</summary>
    public bool Contains(EventKind kind) => (_bits & (1UL << kind.Index)) != 0;

    /// <summary>The union.</summary>
    public static EventKinds operator |(EventKinds left, EventKinds right) => new(left._bits | right._bits);

    /// <summary>The intersection.</summary>
    public static EventKinds operator &(EventKinds left, EventKinds right) => new(left._bits & right._bits);

    /// <inheritdoc />
    public IEnumerator<EventKind> GetEnumerator()
    {
        for (var bits = _bits; bits != 0; bits &= bits - 1)
            yield return EventKind.FromIndex(BitOperations.TrailingZeroCount(bits));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
