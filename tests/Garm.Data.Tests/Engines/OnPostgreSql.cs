using Garm.Data.Tests.ChangeLog;
using Garm.Data.Tests.Credentials;
using Garm.Data.Tests.Endpoints;
using Garm.Data.Tests.Entities;
using Garm.Data.Tests.Files;
using Garm.Data.Tests.Fleet;
using Garm.Data.Tests.Inspection;
using Garm.Data.Tests.Jobs;
using Garm.Data.Tests.Leases;
using Garm.Data.Tests.Lists;
using Garm.Data.Tests.Nodes;
using Garm.Data.Tests.Pools;
using Garm.Data.Tests.ScaleSets;
using Garm.Data.Tests.Schema;
using Garm.Data.Tests.Secrets;
using Garm.Data.Tests.Sources;
using Garm.Data.Tests.States;
using Garm.Data.Tests.Templates;
using Garm.Data.Tests.Users;
using Garm.Data.Tests.Values;
using Garm.Data.Tests.Webhooks;
using Garm.Data.Tests.Writes;

namespace Garm.Data.Tests.Engines;

// The contract on PostgreSQL.

public sealed class ChangeLogGuardOnPostgreSql() : ChangeLogGuardSpecBase(TestEngine.PostgreSql);

public sealed class ChangeLogOnPostgreSql() : ChangeLogSpecBase(TestEngine.PostgreSql);

public sealed class ModelOnPostgreSql() : ModelSpecBase(TestEngine.PostgreSql);

public sealed class RebuildOnPostgreSql() : RebuildSpecBase(TestEngine.PostgreSql);

public sealed class CommitRecoveryOnPostgreSql() : CommitRecoverySpecBase(TestEngine.PostgreSql);

public sealed class CrossRowOnPostgreSql() : CrossRowSpecBase(TestEngine.PostgreSql);

public sealed class ContentionOnPostgreSql() : ContentionSpecBase(TestEngine.PostgreSql);

public sealed class DeliveryRaceOnPostgreSql() : DeliveryRaceSpecBase(TestEngine.PostgreSql);

public sealed class ScaleSetStoreOnPostgreSql() : ScaleSetStoreSpecBase(TestEngine.PostgreSql);

public sealed class ColumnsOnPostgreSql() : ColumnSpecBase(TestEngine.PostgreSql);

public sealed class InitializerOnPostgreSql() : InitializerSpecBase(TestEngine.PostgreSql);

public sealed class GithubCredentialsStoreOnPostgreSql() : GithubCredentialsStoreSpecs(TestEngine.PostgreSql);

public sealed class GithubEndpointStoreOnPostgreSql() : GithubEndpointStoreSpecs(TestEngine.PostgreSql);

public sealed class OrganizationAndEnterpriseStoreOnPostgreSql() : OrganizationAndEnterpriseStoreSpecs(TestEngine.PostgreSql);

public sealed class PoolStoreOnPostgreSql() : PoolStoreSpecs(TestEngine.PostgreSql);

public sealed class PoolUpdateOnPostgreSql() : PoolUpdateSpecs(TestEngine.PostgreSql);

public sealed class RepositoryStoreOnPostgreSql() : RepositoryStoreSpecs(TestEngine.PostgreSql);

public sealed class UserStoreOnPostgreSql() : UserStoreSpecs(TestEngine.PostgreSql);

public sealed class FileObjectStoreOnPostgreSql() : FileObjectStoreSpecs(TestEngine.PostgreSql);

public sealed class TemplateStoreOnPostgreSql() : TemplateStoreSpecs(TestEngine.PostgreSql);

public sealed class GiteaStoreOnPostgreSql() : GiteaStoreSpecs(TestEngine.PostgreSql);

public sealed class FleetSnapshotOnPostgreSql() : FleetSnapshotSpecBase(TestEngine.PostgreSql);
public sealed class JobRetentionOnPostgreSql() : JobRetentionSpecBase(TestEngine.PostgreSql);

public sealed class StoredTimesOnPostgreSql() : StoredTimesSpecBase(TestEngine.PostgreSql);

public sealed class RetentionOnPostgreSql() : RetentionSpecBase(TestEngine.PostgreSql);

public sealed class StatesOnPostgreSql() : StateSpecBase(TestEngine.PostgreSql);

public sealed class DatabaseLeaseOnPostgreSql() : DatabaseLeaseSpecBase(TestEngine.PostgreSql);

public sealed class InspectionOnPostgreSql() : InspectionSpecBase(TestEngine.PostgreSql);

public sealed class NodeRegistryOnPostgreSql() : NodeRegistrySpecBase(TestEngine.PostgreSql);

public sealed class SecretKeysOnPostgreSql() : SecretKeySpecBase(TestEngine.PostgreSql);

public sealed class FileRoomOnPostgreSql() : FileRoomSpecBase(TestEngine.PostgreSql);
public sealed class ListsOnPostgreSql() : ListSpecBase(TestEngine.PostgreSql);

public sealed class WebhookOutcomesOnPostgreSql() : WebhookOutcomeSpecBase(TestEngine.PostgreSql);

public sealed class SourceStoreOnPostgreSql() : SourceStoreSpecBase(TestEngine.PostgreSql);

public sealed class SourceMirrorOnPostgreSql() : SourceMirrorSpecBase(TestEngine.PostgreSql);
