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

// The contract on SQLite.

public sealed class ChangeLogGuardOnSqlite() : ChangeLogGuardSpecBase(TestEngine.Sqlite);

public sealed class ChangeLogOnSqlite() : ChangeLogSpecBase(TestEngine.Sqlite);

public sealed class ModelOnSqlite() : ModelSpecBase(TestEngine.Sqlite);

public sealed class RebuildOnSqlite() : RebuildSpecBase(TestEngine.Sqlite);

public sealed class CommitRecoveryOnSqlite() : CommitRecoverySpecBase(TestEngine.Sqlite);

public sealed class CrossRowOnSqlite() : CrossRowSpecBase(TestEngine.Sqlite);

public sealed class ContentionOnSqlite() : ContentionSpecBase(TestEngine.Sqlite);

public sealed class DeliveryRaceOnSqlite() : DeliveryRaceSpecBase(TestEngine.Sqlite);

public sealed class ScaleSetStoreOnSqlite() : ScaleSetStoreSpecBase(TestEngine.Sqlite);

public sealed class ColumnsOnSqlite() : ColumnSpecBase(TestEngine.Sqlite);

public sealed class InitializerOnSqlite() : InitializerSpecBase(TestEngine.Sqlite);

public sealed class GithubCredentialsStoreOnSqlite() : GithubCredentialsStoreSpecs(TestEngine.Sqlite);

public sealed class GithubEndpointStoreOnSqlite() : GithubEndpointStoreSpecs(TestEngine.Sqlite);

public sealed class OrganizationAndEnterpriseStoreOnSqlite() : OrganizationAndEnterpriseStoreSpecs(TestEngine.Sqlite);

public sealed class PoolStoreOnSqlite() : PoolStoreSpecs(TestEngine.Sqlite);

public sealed class PoolUpdateOnSqlite() : PoolUpdateSpecs(TestEngine.Sqlite);

public sealed class RepositoryStoreOnSqlite() : RepositoryStoreSpecs(TestEngine.Sqlite);

public sealed class UserStoreOnSqlite() : UserStoreSpecs(TestEngine.Sqlite);

public sealed class FileObjectStoreOnSqlite() : FileObjectStoreSpecs(TestEngine.Sqlite);

public sealed class TemplateStoreOnSqlite() : TemplateStoreSpecs(TestEngine.Sqlite);

public sealed class GiteaStoreOnSqlite() : GiteaStoreSpecs(TestEngine.Sqlite);

public sealed class FleetSnapshotOnSqlite() : FleetSnapshotSpecBase(TestEngine.Sqlite);
public sealed class JobRetentionOnSqlite() : JobRetentionSpecBase(TestEngine.Sqlite);

public sealed class StoredTimesOnSqlite() : StoredTimesSpecBase(TestEngine.Sqlite);

public sealed class RetentionOnSqlite() : RetentionSpecBase(TestEngine.Sqlite);

public sealed class StatesOnSqlite() : StateSpecBase(TestEngine.Sqlite);

public sealed class DatabaseLeaseOnSqlite() : DatabaseLeaseSpecBase(TestEngine.Sqlite);

public sealed class InspectionOnSqlite() : InspectionSpecBase(TestEngine.Sqlite);

public sealed class NodeRegistryOnSqlite() : NodeRegistrySpecBase(TestEngine.Sqlite);

public sealed class SecretKeysOnSqlite() : SecretKeySpecBase(TestEngine.Sqlite);

public sealed class FileRoomOnSqlite() : FileRoomSpecBase(TestEngine.Sqlite);
public sealed class ListsOnSqlite() : ListSpecBase(TestEngine.Sqlite);

public sealed class WebhookOutcomesOnSqlite() : WebhookOutcomeSpecBase(TestEngine.Sqlite);

public sealed class SourceStoreOnSqlite() : SourceStoreSpecBase(TestEngine.Sqlite);

public sealed class SourceMirrorOnSqlite() : SourceMirrorSpecBase(TestEngine.Sqlite);
