using System.Text.Json;
using Garm.Contracts.Events;
using Garm.Log.Sources;

namespace Garm.Actors.Tests.Sources;

/// <summary>What counts as the same entity, in the forms that a server gives it.</summary>
public sealed class MirrorComparisonSpecs
{
    [Theory]
    [InlineData(EntityType.GithubCredentials, """{"id":1,"rate_limit":{"remaining":5}}""", """{"id":1,"rate_limit":{"remaining":4}}""")]
    [InlineData(EntityType.Pool, """{"id":"a","tags":[{"id":"1","name":"x"},{"id":"2","name":"y"}]}""", """{"id":"a","tags":[{"id":"9","name":"y"},{"id":"8","name":"x"}]}""")]
    [InlineData(EntityType.Job, """{"id":1,"labels":["b","a"]}""", """{"id":1,"labels":["a","b"]}""")]
    [InlineData(EntityType.Proxy, """{"id":1,"updated_at":"2026-01-01T00:00:00Z"}""", """{"id":1,"updated_at":"2026-01-01T01:00:00+01:00"}""")]
    [InlineData(EntityType.Proxy, """{"id":1,"username":""}""", """{"id":1}""")]
    [InlineData(EntityType.Pool, """{"id":"a","instances":[{"id":"1"}]}""", """{"id":"a"}""")]
    [InlineData(EntityType.Instance, """{"id":"a","updated_at":"2026-01-01T00:00:01Z","addresses":[{"address":"10.0.0.1"}]}""", """{"id":"a","updated_at":"2026-01-01T00:00:01Z","addresses":[]}""")]
    [InlineData(EntityType.Controller, """{"controller_id":"a","version":"v1","hostname":"x"}""", """{"controller_id":"a","hostname":"y"}""")]
    public void WhatSaysTheSame_IsTheSame(EntityType type, string mirrored, string listed)
    {
        Assert.True(MirrorComparison.IsSameState(type, Read(mirrored), Read(listed)));
        Assert.True(MirrorComparison.IsSameState(type, Read(listed), Read(mirrored)));
    }

    [Theory]
    [InlineData(EntityType.Pool, """{"id":"a","tags":[{"name":"x"}]}""", """{"id":"a","tags":[{"name":"y"}]}""")]
    [InlineData(EntityType.Proxy, """{"id":1,"updated_at":"2026-01-01T00:00:00.123456788Z"}""", """{"id":1,"updated_at":"2026-01-01T00:00:00.123456789Z"}""")]
    [InlineData(EntityType.Pool, """{"id":"a","updated_at":"2026-01-01T00:00:01Z","enabled":true}""", """{"id":"a","updated_at":"2026-01-01T00:00:02Z"}""")]
    [InlineData(EntityType.Controller, """{"controller_id":"a","webhook_url":"http://w"}""", """{"controller_id":"a"}""")]
    [InlineData(EntityType.GithubCredentials, """{"id":1,"name":"a"}""", """{"id":1,"name":"b"}""")]
    public void WhatSaysSomethingElse_Differs(EntityType type, string mirrored, string listed)
    {
        Assert.False(MirrorComparison.IsSameState(type, Read(mirrored), Read(listed)));
        Assert.False(MirrorComparison.IsSameState(type, Read(listed), Read(mirrored)));
    }

    [Theory]
    [InlineData(EntityType.GithubCredentials, """{"id":1,"rate_limit":{"remaining":5}}""", """{"id":1,"rate_limit":{"remaining":4}}""", true)]
    [InlineData(EntityType.Pool, """{"id":"a","tags":[{"name":"x"},{"name":"y"}]}""", """{"tags":[{"name":"y"},{"name":"x"}],"id":"a"}""", true)]
    [InlineData(EntityType.Proxy, """{"id":1}""", """{"id":2}""", false)]
    public void TheFingerprint_IsThatOfWhatIsCompared(EntityType type, string first, string second, bool same) =>
        Assert.Equal(same, MirrorComparison.Fingerprint(type, Read(first)) == MirrorComparison.Fingerprint(type, Read(second)));

    [Fact]
    public void AnEventWithLess_Differs_ButForWhatChangesByItself()
    {
        Assert.False(MirrorComparison.IsSameEvent(EntityType.Instance, Read("""{"id":"a","status":"running"}"""), Read("""{"id":"a"}""")));
        Assert.True(MirrorComparison.IsSameEvent(
            EntityType.GiteaCredentials, Read("""{"id":1,"rate_limit":{"used":1}}"""), Read("""{"id":1,"rate_limit":{"used":2}}""")));
    }

    private static JsonElement Read(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
