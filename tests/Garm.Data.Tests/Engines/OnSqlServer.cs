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

// The contract on SQL Server.

public sealed class ChangeLogGuardOnSqlServer() : ChangeLogGuardSpecBase(TestEngine.SqlServer);

public sealed class ChangeLogOnSqlServer() : ChangeLogSpecBase(TestEngine.SqlServer);

public sealed class ModelOnSqlServer() : ModelSpecBase(TestEngine.SqlServer);

public sealed class RebuildOnSqlServer() : RebuildSpecBase(TestEngine.SqlServer);

public sealed class CommitRecoveryOnSqlServer() : CommitRecoverySpecBase(TestEngine.SqlServer);

public sealed class CrossRowOnSqlServer() : CrossRowSpecBase(TestEngine.SqlServer);

public sealed class ContentionOnSqlServer() : ContentionSpecBase(TestEngine.SqlServer);

public sealed class DeliveryRaceOnSqlServer() : DeliveryRaceSpecBase(TestEngine.SqlServer);

public sealed class ScaleSetStoreOnSqlServer() : ScaleSetStoreSpecBase(TestEngine.SqlServer);

public sealed class ColumnsOnSqlServer() : ColumnSpecBase(TestEngine.SqlServer);

public sealed class InitializerOnSqlServer() : InitializerSpecBase(TestEngine.SqlServer);

public sealed class GithubCredentialsStoreOnSqlServer() : GithubCredentialsStoreSpecs(TestEngine.SqlServer);

public sealed class GithubEndpointStoreOnSqlServer() : GithubEndpointStoreSpecs(TestEngine.SqlServer);

public sealed class OrganizationAndEnterpriseStoreOnSqlServer() : OrganizationAndEnterpriseStoreSpecs(TestEngine.SqlServer);

public sealed class PoolStoreOnSqlServer() : PoolStoreSpecs(TestEngine.SqlServer);

public sealed class PoolUpdateOnSqlServer() : PoolUpdateSpecs(TestEngine.SqlServer);

public sealed class RepositoryStoreOnSqlServer() : RepositoryStoreSpecs(TestEngine.SqlServer);

public sealed class UserStoreOnSqlServer() : UserStoreSpecs(TestEngine.SqlServer);

public sealed class FileObjectStoreOnSqlServer() : FileObjectStoreSpecs(TestEngine.SqlServer);

public sealed class TemplateStoreOnSqlServer() : TemplateStoreSpecs(TestEngine.SqlServer);

public sealed class GiteaStoreOnSqlServer() : GiteaStoreSpecs(TestEngine.SqlServer);

public sealed class FleetSnapshotOnSqlServer() : FleetSnapshotSpecBase(TestEngine.SqlServer);
public sealed class JobRetentionOnSqlServer() : JobRetentionSpecBase(TestEngine.SqlServer);

public sealed class StoredTimesOnSqlServer() : StoredTimesSpecBase(TestEngine.SqlServer);

public sealed class RetentionOnSqlServer() : RetentionSpecBase(TestEngine.SqlServer);

public sealed class StatesOnSqlServer() : StateSpecBase(TestEngine.SqlServer);

public sealed class DatabaseLeaseOnSqlServer() : DatabaseLeaseSpecBase(TestEngine.SqlServer);

public sealed class InspectionOnSqlServer() : InspectionSpecBase(TestEngine.SqlServer);

public sealed class NodeRegistryOnSqlServer() : NodeRegistrySpecBase(TestEngine.SqlServer);

public sealed class SecretKeysOnSqlServer() : SecretKeySpecBase(TestEngine.SqlServer);

public sealed class FileRoomOnSqlServer() : FileRoomSpecBase(TestEngine.SqlServer);
public sealed class ListsOnSqlServer() : ListSpecBase(TestEngine.SqlServer);

public sealed class WebhookOutcomesOnSqlServer() : WebhookOutcomeSpecBase(TestEngine.SqlServer);

public sealed class SourceStoreOnSqlServer() : SourceStoreSpecBase(TestEngine.SqlServer);

public sealed class SourceMirrorOnSqlServer() : SourceMirrorSpecBase(TestEngine.SqlServer);
