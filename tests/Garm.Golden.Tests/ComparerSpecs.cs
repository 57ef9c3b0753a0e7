using Garm.Golden.Comparing;
using Garm.Golden.Scenarios;
using static Garm.Golden.Tests.Recordings;

namespace Garm.Golden.Tests;

public sealed class ComparerSpecs
{
    private const string One = "11111111-1111-4111-8111-111111111111";
    private const string Two = "22222222-2222-4222-8222-222222222222";
    private const string Three = "33333333-3333-4333-8333-333333333333";
    private const string Nil = "00000000-0000-0000-0000-000000000000";

    private readonly Comparer _comparer = new(
        [new("http://old:1", "http://new:2"), new("run0", "run1")], new("root", "admin"));

    [Theory]
    [InlineData("""{"a":1,"b":[true,null,"x"]}""", """{"b":[true,null,"x"],"a":1}""")]
    [InlineData("""{"created_at":"2026-11-23T14:22:23.72Z"}""", """{"created_at":"2030-01-01T00:00:00Z"}""")]
    [InlineData("""{"updated_at":"0001-01-01T00:00:00Z"}""", """{"updated_at":"0001-01-01T00:00:00Z"}""")]
    [InlineData("""{"completed_at":"2026-01-01T02:00:00+02:00"}""", """{"completed_at":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"token":"abc","hostname":"a","version":"v1"}""", """{"token":"x","hostname":"b","version":"v2"}""")]
    [InlineData("""{"rate_limit":{"used":1}}""", "{}")]
    [InlineData("{}", """{"cached_garm_agent_release_fetched_at":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"pool_manager_status":{"running":true}}""", """{"pool_manager_status":{}}""")]
    [InlineData("""{"pool_manager_status":{},"events":[1]}""", """{"pool_manager_status":{}}""")]
    [InlineData("""{"owner_id":"root"}""", """{"owner_id":"admin"}""")]
    [InlineData("""{"owner_id":"system"}""", """{"owner_id":"system"}""")]
    [InlineData("\"http://old:1/api run0\"", "\"http://new:2/api run1\"")]
    [InlineData("""[{"a":1},{"a":2}]""", """[{"a":2},{"a":1}]""")]
    [InlineData($$"""{"id":"{{One}}","text":"of {{One}}"}""", $$"""{"id":"{{Two}}","text":"of {{Two}}"}""")]
    [InlineData($"\"{Nil}\"", $"\"{Nil}\"")]
    [InlineData("""{"name":"p-abc","runner_status":"idle"}""", """{"name":"p-xyz","runner_status":"idle"}""")]
    [InlineData("""[{"runner_name":"p-abc"},{"provider_id":"p-abc!"}]""", """[{"runner_name":"p-xyz"},{"provider_id":"p-xyz!"}]""")]
    [InlineData("""{"credentials":{"id":3,"forge_type":"github"}}""", """{"credentials":{"id":9,"forge_type":"github"}}""")]
    public void SameButForTheRun_ShouldBeEqual(string expected, string actual) =>
        Assert.Empty(Differences(expected, actual));

    [Theory]
    [InlineData("""{"a":1}""", "{}", "$.a: missing")]
    [InlineData("""{"a":null}""", "{}", "$.a: missing")]
    [InlineData("{}", """{"a":null}""", "$.a: unexpected")]
    [InlineData("""{"a":"1"}""", """{"a":1}""", "$.a: expected")]
    [InlineData("""{"a":1}""", """{"a":1.0}""", "$.a: expected")]
    [InlineData("""{"a":true}""", """{"a":false}""", "$.a: expected")]
    [InlineData("""{"a":null}""", """{"a":""}""", "$.a: expected")]
    [InlineData("""{"a":{}}""", """{"a":[]}""", "$.a: expected")]
    [InlineData("""{"a":"x"}""", """{"a":"y"}""", "$.a: expected")]
    [InlineData("""[1,2]""", """[1]""", "expected 2 elements")]
    [InlineData("""["a","b"]""", """["b","a"]""", "$[0]: expected")]
    [InlineData("""[{"a":1},{"a":2}]""", """[{"a":1},{"a":1}]""", "$[1].a: expected")]
    [InlineData("""{"created_at":"0001-01-01T00:00:00Z"}""", """{"created_at":"2030-01-01T00:00:00Z"}""", "the zero time")]
    [InlineData("""{"created_at":"2030-01-01T00:00:00Z"}""", """{"created_at":"0001-01-01T00:00:00Z"}""", "other than zero")]
    [InlineData("""{"created_at":"2030-01-01T00:00:00Z"}""", """{"created_at":"2030-01-01T00:00:00.120Z"}""", "not a UTC time")]
    [InlineData("""{"created_at":"2030-01-01T00:00:00Z"}""", """{"created_at":"2030-01-01T00:00:00+00:00"}""", "not a UTC time")]
    [InlineData("""{"created_at":"2030-01-01T00:00:00Z"}""", """{"created_at":"yesterday"}""", "not a UTC time")]
    [InlineData("""{"started_at":"2026-01-01T00:00:00Z"}""", """{"started_at":"2026-01-01T00:00:01Z"}""", "$.started_at")]
    [InlineData("""{"started_at":"0001-01-01T00:00:00Z"}""", """{"started_at":"0001-01-01T00:00:00+00:00"}""", "$.started_at")]
    [InlineData("""{"token":"abc"}""", """{"token":""}""", "$.token")]
    [InlineData("""{"token":""}""", """{"token":"abc"}""", "$.token")]
    [InlineData("""{"owner_id":"root"}""", """{"owner_id":"root"}""", "$.owner_id")]
    [InlineData("\"http://old:1/api\"", "\"http://old:1/api2\"", "$: expected")]
    [InlineData("""{"events":[1]}""", """{"events":[2]}""", "$.events[0]")]
    [InlineData($"\"{One}\"", $"\"{Nil}\"", "$: expected")]
    [InlineData($"\"{Nil}\"", $"\"{One}\"", "$: expected")]
    [InlineData($"[\"{One}\",\"{One}\"]", $"[\"{Two}\",\"{Three}\"]", "$[1]")]
    [InlineData($"[\"{One}\",\"{Two}\"]", $"[\"{Three}\",\"{Three}\"]", "$[1]")]
    [InlineData($"\"{One}\"", "\"no uuid\"", "$: expected")]
    [InlineData("""{"name":"p-abc","runner_status":"idle"}""", """{"name":"q-xyz","runner_status":"idle"}""", "$.name")]
    [InlineData("""[{"runner_name":"p-a"},{"runner_name":"p-a"}]""", """[{"runner_name":"p-b"},{"runner_name":"p-c"}]""", "$[1]")]
    public void Different_ShouldBeNamed(string expected, string actual, string difference) =>
        Assert.Contains(Differences(expected, actual), found => found.Contains(difference, StringComparison.Ordinal));

    [Fact]
    public void NumericIds_ShouldMapOneToOneWithinTheirKind()
    {
        Assert.Empty(Differences("""{"id":1}""", """{"id":7}""", "proxy"));
        Assert.Empty(Differences("""{"proxy_id":1}""", """{"proxy_id":7}""", "pool"));
        Assert.Empty(Differences("""{"id":1}""", """{"id":8}""", "template"));
        Assert.NotEmpty(Differences("""{"id":1}""", """{"id":8}""", "proxy"));
        Assert.NotEmpty(Differences("""{"id":2}""", """{"id":7}""", "proxy"));
        Assert.NotEmpty(Differences("""{"proxy_id":0}""", """{"proxy_id":7}""", "pool"));
    }

    [Fact]
    public void CredentialsId_ShouldBeTheIdOfTheCredentials()
    {
        const string recorded = """{"credentials_id":3,"credentials":{"id":3,"forge_type":"github"}}""";

        Assert.Empty(Differences(recorded, """{"credentials_id":5,"credentials":{"id":5,"forge_type":"github"}}"""));
        Assert.NotEmpty(Differences(recorded, """{"credentials_id":6,"credentials":{"id":5,"forge_type":"github"}}"""));
    }

    [Fact]
    public void NumericIdInAMessage_ShouldHaveBeenMatchedBefore()
    {
        const string recorded = """{"details":"no proxy with ID 1"}""";

        Assert.NotEmpty(Differences(recorded, """{"details":"no proxy with ID 7"}"""));
        Assert.Empty(Differences("""{"id":1}""", """{"id":7}""", "proxy"));
        Assert.Empty(Differences(recorded, """{"details":"no proxy with ID 7"}"""));
        Assert.NotEmpty(Differences(recorded, """{"details":"no pool with ID 7"}"""));
    }

    [Fact]
    public void BoundIds_ShouldNotFitAnother()
    {
        _comparer.Bind(IdKinds.Uuid, One, Two);

        Assert.NotEmpty(Differences($"\"{One}\"", $"\"{Three}\""));
        Assert.Empty(Differences($"\"{One}\"", $"\"{Two}\""));
    }

    [Fact]
    public void EqualTexts_ShouldBindTheirUuids()
    {
        Assert.Empty(Differences($"\"{One}\"", $"\"{One}\""));
        Assert.NotEmpty(Differences($"\"{One}\"", $"\"{Two}\""));
    }

    [Fact]
    public void AnAttemptThatFails_ShouldBindNothing()
    {
        Assert.False(_comparer.Matches(Element($"[\"{One}\",1]"), Element($"[\"{Two}\",2]"), ""));
        Assert.Empty(Differences($"\"{One}\"", $"\"{Three}\""));
    }

    [Fact]
    public void AnotherOrderOfObjects_ShouldBeNoted()
    {
        Assert.Empty(Differences("""[{"a":1},{"a":2}]""", """[{"a":2},{"a":1}]"""));
        Assert.Single(_comparer.TakeNotes());
        Assert.Empty(_comparer.TakeNotes());
    }

    [Fact]
    public void AKeyTwice_ShouldDiffer() =>
        Assert.NotEmpty(_comparer.Differences(
            Element("""{"a":1}"""), Json.FromBody("""{"a":1,"a":1}""", "application/json"), "", "$"));

    private IReadOnlyList<string> Differences(string expected, string actual, string kind = "") =>
        _comparer.Differences(Element(expected), Element(actual), kind, "$");
}
