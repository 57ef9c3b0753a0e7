using Garm.Contracts.Events;
using Garm.Log.Sources;

namespace Garm.Actors.Sources;

/// <summary>
/// The keys of all that is mirrored of a source, each with the fingerprint of the list's entry that it was last found the same as: an
/// entry with that fingerprint needs no comparison. Payloads are not kept.
/// </summary>
internal sealed class MirrorIndex
{
    private const ulong Unknown = 0;

    private readonly Dictionary<EntityType, Dictionary<string, ulong>> _types = SourceRoutes.Types.ToDictionary(
        x => x, _ => new Dictionary<string, ulong>(StringComparer.Ordinal));

    /// <summary>How many entities there are.</summary>
    public int Count => _types.Values.Sum(x => x.Count);

    /// <summary>All of them.</summary>
    public IEnumerable<MirrorKey> Keys => _types.SelectMany(x => x.Value.Keys.Select(id => new MirrorKey(x.Key, id)));

    /// <summary>The keys of a type.</summary>
    public IEnumerable<string> IdsOf(EntityType type) => _types[type].Keys;

    /// <summary>Whether the entity is mirrored.</summary>
    public bool Has(MirrorKey key) => _types[key.Type].ContainsKey(key.Id);

    /// <summary>Whether the mirror was found the same as a list's entry with this fingerprint, and has not changed since.</summary>
    public bool IsVerified(MirrorKey key, ulong fingerprint) => _types[key.Type].TryGetValue(key.Id, out var last) && last == fingerprint;

    /// <summary>The mirror is the same as the list's entry.</summary>
    public void Verify(MirrorKey key, ulong fingerprint)
    {
        if (Has(key)) _types[key.Type][key.Id] = fingerprint;
    }

    /// <summary>It is mirrored.</summary>
    public void Add(MirrorKey key) => _types[key.Type][key.Id] = Unknown;

    /// <summary>It is not mirrored any more.</summary>
    public void Remove(MirrorKey key) => _types[key.Type].Remove(key.Id);
}
