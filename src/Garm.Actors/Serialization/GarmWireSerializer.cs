using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Garm.Actors.Changes;

namespace Garm.Actors.Serialization;

/// <summary>
/// The bytes of what leaves the node. A manifest names the message and the version of its form (<c>B1</c>: published
/// batch, first form); a form never changes, and a node can read a new one a release before any node writes it.
/// </summary>
public sealed class GarmWireSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string PublishedBatch1 = "B1";

    /// <summary>Names this serializer between nodes; it is fixed for ever.</summary>
    public override int Identifier => 7_351;

    /// <inheritdoc />
    public override string Manifest(object o) => o switch
    {
        PublishedBatch => PublishedBatch1,
        _ => throw Unknown(o.GetType().Name),
    };

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) => obj switch
    {
        PublishedBatch published => ChangeBatchForm.Write(published.Batch),
        _ => throw Unknown(obj.GetType().Name),
    };

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        PublishedBatch1 => new PublishedBatch(ChangeBatchForm.Read(bytes)),
        _ => throw Unknown(manifest),
    };

    private static SerializationException Unknown(string what) => new($"The garm wire serializer does not know '{what}'.");
}
