using CsCheck;

namespace Garm.Host.Tests.Properties;

/// <summary>The subject of a call.</summary>
internal enum Subject
{
    GithubEndpoint,
    GiteaEndpoint,
    GithubCredentials,
    GiteaCredentials,
    Repository,
    Organization,
    Enterprise,
    ForgeInstance,
    Pool,
    ScaleSet,
    Instance,
    Callback,
    ScaleSetJob,
    KnownJob,
    ProviderStatus,
    Job,
    Template,
    File,
    Proxy,
    User,
    Controller,
}

/// <summary>The operation of a call. More entities are created than deleted, so that there are always some.</summary>
internal enum Deed
{
    Create,
    Update,
    Delete,
}

/// <summary>
/// One call, described by numbers: the entity is chosen among the existing ones when the call is made, from the state that
/// the former calls left.
/// </summary>
/// <param name="Subject">The subject.</param>
/// <param name="Deed">The operation.</param>
/// <param name="Pick">Chooses among the existing entities.</param>
/// <param name="Variant">Chooses among the variants of the operation.</param>
/// <param name="Flaw">0 for a valid call; otherwise its error.</param>
internal sealed record FleetCall(Subject Subject, Deed Deed, int Pick, int Variant, int Flaw)
{
    private const int Longest = 14;

    /// <summary>The state for the first sequence: without it, most calls would be refused because no entities exist.</summary>
    public static IReadOnlyList<FleetCall> Beginning { get; } =
    [
        new(Subject.GithubEndpoint, Deed.Create, 0, 1, 0),
        new(Subject.GiteaEndpoint, Deed.Create, 0, 1, 0),
        new(Subject.GithubCredentials, Deed.Create, 0, 1, 0),
        new(Subject.GithubCredentials, Deed.Create, 1, 8, 0),
        new(Subject.GiteaCredentials, Deed.Create, 0, 1, 0),
        new(Subject.Repository, Deed.Create, 0, 1, 0),
        new(Subject.Repository, Deed.Create, 0, 3, 0),
        new(Subject.Organization, Deed.Create, 0, 1, 0),
        new(Subject.Enterprise, Deed.Create, 0, 1, 0),
        new(Subject.ForgeInstance, Deed.Create, 0, 1, 0),
        new(Subject.Pool, Deed.Create, 0, 4, 0),
        new(Subject.Pool, Deed.Create, 1, 8, 0),
        new(Subject.Pool, Deed.Create, 0, 13, 0),
        new(Subject.ScaleSet, Deed.Create, 0, 3, 0),
    ];

    /// <summary>Sequences of calls.</summary>
    public static Gen<List<FleetCall>> Sequences { get; } = Gen.Select(
            Gen.Frequency((2, Gen.Enum<Subject>()), (3, Gen.Int[(int)Subject.Pool, (int)Subject.Job].Select(x => (Subject)x))),
            Gen.Frequency((5, Gen.Const(Deed.Create)), (4, Gen.Const(Deed.Update)), (2, Gen.Const(Deed.Delete))),
            Gen.Int[0, 999],
            Gen.Int[0, 999],
            Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[1, 3])))
        .Select(x => new FleetCall(x.Item1, x.Item2, x.Item3, x.Item4, x.Item5))
        .List[1, Longest];
}
