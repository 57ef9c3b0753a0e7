using Garm.Data.Tests.ChangeLog;
using Garm.Data.Tests.Files;
using Garm.Data.Tests.Inspection;
using Garm.Data.Tests.Leases;
using Garm.Data.Tests.Nodes;
using Garm.Data.Tests.Schema;
using Garm.Data.Tests.Secrets;
using Garm.Data.Tests.Sources;
using Garm.Data.Tests.States;
using Garm.Data.Tests.Stores;
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

public sealed class GithubCredentialsStoreOnSqlServer() : GithubCredentialsStoreTests(TestEngine.SqlServer);

public sealed class GithubEndpointStoreOnSqlServer() : GithubEndpointStoreTests(TestEngine.SqlServer);

public sealed class OrganizationAndEnterpriseStoreOnSqlServer() : OrganizationAndEnterpriseStoreTests(TestEngine.SqlServer);

public sealed class PoolStoreOnSqlServer() : PoolStoreTests(TestEngine.SqlServer);

public sealed class PoolUpdateOnSqlServer() : PoolUpdateTests(TestEngine.SqlServer);

public sealed class RepositoryStoreOnSqlServer() : RepositoryStoreTests(TestEngine.SqlServer);

public sealed class UserStoreOnSqlServer() : UserStoreTests(TestEngine.SqlServer);

public sealed class FileObjectStoreOnSqlServer() : FileObjectStoreTests(TestEngine.SqlServer);

public sealed class TemplateStoreOnSqlServer() : TemplateStoreTests(TestEngine.SqlServer);

public sealed class GiteaStoreOnSqlServer() : GiteaStoreTests(TestEngine.SqlServer);

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
