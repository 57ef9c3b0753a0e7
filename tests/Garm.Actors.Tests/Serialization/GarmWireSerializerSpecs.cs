using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Serialization;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Actors.Tests.Serialization;

public sealed class GarmWireSerializerSpecs() : TestKit(HoconFolder.With("akka.actor.provider = local"))
{
    // One sample for each message that leaves the node; a new one without a sample fails the first spec.
    private static readonly IGarmWireMessage[] Messages =
    [
        new PublishedBatch(Samples.BatchOf(
        [
            new Change(new LogPosition(long.MaxValue - 1), EntityType.Proxy, ChangeOperation.Delete, "größe/☃", new byte[300], DateTimeOffset.MaxValue.ToUniversalTime())
            {
                LastState = new byte[200],
                ChainBefore = new LogChain(17),
                Chain = new LogChain(2_147_483_646),
            },
            new Change(new LogPosition(long.MaxValue), EntityType.Repository, ChangeOperation.Create, "", Array.Empty<byte>(), DateTimeOffset.UnixEpoch)
            {
                ChainBefore = new LogChain(2_147_483_646),
                Chain = new LogChain(2_147_483_646),
            },
        ])),
        new AskSessionPage(7, new SessionId(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"))),
        new SessionPage(
            long.MaxValue,
            [
                new SessionInfo(SessionId.NewId())
                {
                    User = "größe/☃",
                    Address = "fe80::1",
                    Transport = SessionTransports.ServerSentEvents,
                    Since = DateTimeOffset.MaxValue.ToUniversalTime(),
                    State = SessionStates.FellBehind,
                    Behind = long.MaxValue,
                    QueuedBytes = long.MaxValue,
                    Filter = new byte[300],
                    FilterBytes = 300,
                },
                new SessionInfo(SessionId.NewId()) { FilterBytes = int.MaxValue },
            ],
            SessionId.NewId()),
        new EndSession(8, SessionId.NewId()),
        new SessionEndAnswer(9, true),
        AskRelayPosition.Instance,
        new RelayPosition(new LogPosition(long.MaxValue)),
    ];

    public static TheoryData<Type> WireTypes =>
        [.. typeof(IGarmWireMessage).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IGarmWireMessage)))];

    [Theory]
    [MemberData(nameof(WireTypes))]
    public void EveryWireMessage_ShouldSurviveTheWire(Type type)
    {
        var message = Assert.Single(Messages, m => m.GetType() == type);
        var serializer = Assert.IsType<GarmWireSerializer>(Sys.Serialization.FindSerializerFor(message));

        var manifest = serializer.Manifest(message);
        var copy = serializer.FromBinary(serializer.ToBinary(message), manifest);

        Assert.InRange(manifest.Length, 1, 3);
        Assert.IsType(type, copy);
        if (message is PublishedBatch batch) AssertEqual(batch.Batch, ((PublishedBatch)copy).Batch);
        else if (message is SessionPage page) AssertEqual(page, (SessionPage)copy);
        else Assert.Equal(message, copy);
    }

    [Fact]
    public void SizeAtMost_ShouldBeNoLessThanTheBytes()
    {
        var batch = ((PublishedBatch)Messages[0]).Batch;
        batch = batch with { Changes = [batch.Changes[0] with { LastState = new byte[5_000] }, batch.Changes[1]] };

        Assert.InRange(ChangeBatchForm.Write(batch).Length, 5_000, ChangeBatchForm.SizeAtMost(batch));
    }

    [Fact]
    public void FirstForm_ShouldStayAsItIs()
    {
        var batch = new ChangeBatch(new LogEpoch("e"), Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), [Samples.Change(2, id: "k") with { ChainBefore = new LogChain(3), Chain = new LogChain(4) }]);

        var bytes = new GarmWireSerializer((ExtendedActorSystem)Sys).ToBinary(new PublishedBatch(batch));

        Assert.Equal(
            "0165" + "33221100554477668899AABBCCDDEEFF" + "0200000000000000" + "0300000000000000" + "0400000000000000" + "01"
            + "0401" + "016B" + "0080B5F7F57F9F08" + "08" + "7B226964223A327D" + "00",
            Convert.ToHexString(bytes));
    }

    [Fact]
    public void SecondForm_ShouldCarryFormerFieldsAndSource_AndStayAsItIs()
    {
        var change = Samples.Change(2, id: "k") with
        {
            ChainBefore = new LogChain(3),
            Chain = new LogChain(4),
            Before = "{}"u8.ToArray(),
            Source = "east",
        };
        var batch = new ChangeBatch(new LogEpoch("e"), Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), [change]);
        var serializer = new GarmWireSerializer((ExtendedActorSystem)Sys);

        var bytes = serializer.ToBinary(new PublishedBatch(batch));
        var copy = ((PublishedBatch)serializer.FromBinary(bytes, "B2")).Batch.Changes[0];

        Assert.Equal("B2", serializer.Manifest(new PublishedBatch(batch)));
        Assert.Equal(("east", "{}"), (copy.Source, System.Text.Encoding.UTF8.GetString(copy.Before.Span)));
        Assert.Equal(
            "0165" + "33221100554477668899AABBCCDDEEFF" + "0200000000000000" + "0300000000000000" + "0400000000000000" + "01"
            + "0401" + "016B" + "0080B5F7F57F9F08" + "08" + "7B226964223A327D" + "00" + "027B7D" + "0465617374",
            Convert.ToHexString(bytes));
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<SerializationException>(() => serializer.FromBinary(bytes[..length], "B2"));
    }

    [Fact]
    public void QueriesForSessions_ShouldStayAsTheyAre()
    {
        var serializer = new GarmWireSerializer((ExtendedActorSystem)Sys);
        var id = new SessionId(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"));
        var session = new SessionInfo(id)
        {
            User = "ann",
            Address = "::1",
            Since = DateTimeOffset.UnixEpoch,
            State = "live",
            Behind = 2,
            QueuedBytes = 3,
            Filter = "{}"u8.ToArray(),
            FilterBytes = 2,
        };

        const string guid = "33221100554477668899AABBCCDDEEFF";
        AssertForm("SQ1", new AskSessionPage(5, null), "0500000000000000" + "00");
        AssertForm("SQ1", new AskSessionPage(5, id), "0500000000000000" + "01" + guid);
        AssertForm("SE1", new EndSession(5, id), "0500000000000000" + guid);
        AssertForm("SA1", new SessionEndAnswer(5, true), "0500000000000000" + "01");
        AssertForm(
            "SP1", new SessionPage(5, [session], id),
            "0500000000000000" + "01" + guid + "01" + guid + "03616E6E" + "033A3A31" + "09776562736F636B6574" + "0080B5F7F57F9F08" + "046C697665"
            + "01" + "0200000000000000" + "0300000000000000" + "02" + "02" + "7B7D");

        void AssertForm(string manifest, IGarmWireMessage message, string bytes)
        {
            Assert.Equal(manifest, serializer.Manifest(message));
            Assert.Equal(bytes, Convert.ToHexString(serializer.ToBinary(message)));
        }
    }

    [Fact]
    public void Serializer_ShouldRefuse_EveryCutOfEveryMessage()
    {
        var serializer = new GarmWireSerializer((ExtendedActorSystem)Sys);
        Assert.All(Messages, message =>
        {
            var (manifest, bytes) = (serializer.Manifest(message), serializer.ToBinary(message));
            for (var length = 0; length < bytes.Length; length++)
                Assert.Throws<SerializationException>(() => serializer.FromBinary(bytes[..length], manifest));
            Assert.Throws<SerializationException>(() => serializer.FromBinary([.. bytes, 0], manifest));
        });
    }

    [Fact]
    public void Serializer_ShouldRefuse_WhatItDoesNotKnow()
    {
        var serializer = new GarmWireSerializer((ExtendedActorSystem)Sys);

        Assert.Throws<SerializationException>(() => serializer.Manifest("text"));
        Assert.Throws<SerializationException>(() => serializer.ToBinary("text"));
        Assert.Throws<SerializationException>(() => serializer.FromBinary([], "B9"));
    }

    [Fact]
    public void Serializer_ShouldRefuse_EveryCutAndEveryKindItDoesNotKnow()
    {
        var serializer = new GarmWireSerializer((ExtendedActorSystem)Sys);
        var bytes = serializer.ToBinary(Messages[0]);

        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<SerializationException>(() => serializer.FromBinary(bytes[..length], "B1"));
        Assert.Throws<SerializationException>(() => serializer.FromBinary([.. bytes, 0], "B1"));

        var unknownKind = bytes.ToArray();
        unknownKind[1 + Samples.Epoch.Value.Length + 16 + 8 + 16 + 1] = (byte)EntityTypes.Count;
        Assert.Throws<SerializationException>(() => serializer.FromBinary(unknownKind, "B1"));
    }

    private static void AssertEqual(SessionPage expected, SessionPage actual)
    {
        Assert.Equal((expected.Ask, expected.Next), (actual.Ask, actual.Next));
        Assert.Equal(expected.Sessions.Select(x => x with { Filter = default }), actual.Sessions.Select(x => x with { Filter = default }));
        Assert.Equal(expected.Sessions.Select(x => x.Filter.ToArray()), actual.Sessions.Select(x => x.Filter.ToArray()));
    }

    private static void AssertEqual(ChangeBatch expected, ChangeBatch actual)
    {
        Assert.Equal((expected.Epoch, expected.CommitId), (actual.Epoch, actual.CommitId));
        Assert.Equal(expected.Changes.Length, actual.Changes.Length);
        foreach (var (one, other) in expected.Changes.Zip(actual.Changes))
        {
            Assert.Equal(one with { Payload = default, LastState = default }, other with { Payload = default, LastState = default });
            Assert.Equal(one.LastState.ToArray(), other.LastState.ToArray());
            Assert.Equal(one.Payload.ToArray(), other.Payload.ToArray());
        }
    }
}
