using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;

namespace Garm.Actors.Serialization;

/// <summary>
/// Serializes messages between nodes. The manifest is the message and the version of its form (<c>B1</c>: published batch, form 1). A form
/// never changes; nodes can read a new form one release before they write it. A node that does not know a message drops it, so a query
/// that is new in a release gets no answer from a node of an older one.
/// </summary>
public sealed class GarmWireSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string PublishedBatch1 = "B1";
    private const string PublishedBatch2 = "B2";
    private const string AskSessionPage1 = "SQ1";
    private const string SessionPage1 = "SP1";
    private const string EndSession1 = "SE1";
    private const string SessionEndAnswer1 = "SA1";
    private const string AskRelayPosition1 = "RQ1";
    private const string RelayPosition1 = "RP1";

    /// <summary>Identifies this serializer between nodes; it must never change.</summary>
    public override int Identifier => 7_351;

    /// <inheritdoc />
    public override string Manifest(object o) => o switch
    {
        PublishedBatch published => ChangeBatchForm.FormOf(published.Batch) == 1 ? PublishedBatch1 : PublishedBatch2,
        AskSessionPage => AskSessionPage1,
        SessionPage => SessionPage1,
        EndSession => EndSession1,
        SessionEndAnswer => SessionEndAnswer1,
        AskRelayPosition => AskRelayPosition1,
        RelayPosition => RelayPosition1,
        _ => throw Unknown(o.GetType().Name),
    };

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) => obj switch
    {
        PublishedBatch published => ChangeBatchForm.Write(published.Batch),
        AskSessionPage query => SessionListForm.Write(query),
        SessionPage page => SessionListForm.Write(page),
        EndSession command => SessionListForm.Write(command),
        SessionEndAnswer answer => SessionListForm.Write(answer),
        AskRelayPosition => [],
        RelayPosition answer => RelayPositionForm.Write(answer),
        _ => throw Unknown(obj.GetType().Name),
    };

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        PublishedBatch1 => new PublishedBatch(ChangeBatchForm.Read(bytes, form: 1)),
        PublishedBatch2 => new PublishedBatch(ChangeBatchForm.Read(bytes, form: 2)),
        AskSessionPage1 => SessionListForm.ReadQuery(bytes),
        SessionPage1 => SessionListForm.ReadPage(bytes),
        EndSession1 => SessionListForm.ReadEnd(bytes),
        SessionEndAnswer1 => SessionListForm.ReadEndAnswer(bytes),
        AskRelayPosition1 => RelayPositionForm.ReadQuery(bytes),
        RelayPosition1 => RelayPositionForm.Read(bytes),
        _ => throw Unknown(manifest),
    };

    private static SerializationException Unknown(string what) => new($"The garm wire serializer does not know '{what}'.");
}
