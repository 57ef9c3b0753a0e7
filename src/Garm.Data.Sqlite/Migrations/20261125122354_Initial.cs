using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Garm.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "change_log",
                columns: table => new
                {
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    commit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    commit_index = table.Column<int>(type: "INTEGER", nullable: false),
                    commit_last = table.Column<bool>(type: "INTEGER", nullable: false),
                    entity_type = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    operation = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    entity_id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    payload = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    last_state = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    committed_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    chain = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_log", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "change_log_head",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    epoch = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    next_position = table.Column<long>(type: "INTEGER", nullable: false),
                    chain = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_log_head", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "controllers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    metadata_url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    callback_url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    webhook_url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    agent_url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    agent_releases_url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    enable_agent_tools_sync = table.Column<bool>(type: "INTEGER", nullable: false),
                    agent_version = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    allow_insecure_agent = table.Column<bool>(type: "INTEGER", nullable: false),
                    minimum_job_age_backoff = table.Column<uint>(type: "INTEGER", nullable: false),
                    ca_cert_bundle = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_controllers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "file_contents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    written_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    chunk_count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_file_contents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "forge_endpoints",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    endpoint_type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false),
                    api_base_url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    upload_base_url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    base_url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    tools_metadata_url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    use_internal_tools_metadata = table.Column<bool>(type: "INTEGER", nullable: false),
                    ca_cert_bundle = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_forge_endpoints", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    forge_url = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    workflow_job_id = table.Column<long>(type: "INTEGER", nullable: false),
                    scale_set_job_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    scale_set_id = table.Column<long>(type: "INTEGER", nullable: true),
                    run_id = table.Column<long>(type: "INTEGER", nullable: false),
                    action = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    conclusion = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: false),
                    started_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    completed_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    runner_id = table.Column<long>(type: "INTEGER", nullable: false),
                    runner_group_id = table.Column<long>(type: "INTEGER", nullable: false),
                    runner_group_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    repository_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    repository_owner = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    workflow_run_url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    labels = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    repository_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    enterprise_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    forge_instance_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    locked_by = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_jobs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "leases",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    holder = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    fencing_token = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_leases", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "nodes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    joined = table.Column<bool>(type: "INTEGER", nullable: false),
                    heartbeat_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_nodes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "proxies",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false),
                    http_proxy = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    https_proxy = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    no_proxy = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false),
                    username = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    sealed_password = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_proxies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tags",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tags", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    username = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_username = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    full_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_admin = table.Column<bool>(type: "INTEGER", nullable: false),
                    generation = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "webhook_deliveries",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    delivery_id = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    received_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    is_done = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_deliveries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "file_chunks",
                columns: table => new
                {
                    content_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    data = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_file_chunks", x => new { x.content_id, x.number });
                    table.ForeignKey(
                        name: "fk_file_chunks_file_contents_content_id",
                        column: x => x.content_id,
                        principalTable: "file_contents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "file_objects",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false),
                    file_type = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    content_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_file_objects", x => x.id);
                    table.ForeignKey(
                        name: "fk_file_objects_file_contents_content_id",
                        column: x => x.content_id,
                        principalTable: "file_contents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "forge_credentials",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false),
                    auth_type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    sealed_payload = table.Column<byte[]>(type: "BLOB", nullable: false),
                    endpoint_id = table.Column<long>(type: "INTEGER", nullable: false),
                    forge_type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_forge_credentials", x => x.id);
                    table.ForeignKey(
                        name: "fk_forge_credentials_endpoints_endpoint_id",
                        column: x => x.endpoint_id,
                        principalTable: "forge_endpoints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "templates",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false),
                    os_type = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    forge_type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    data = table.Column<byte[]>(type: "BLOB", nullable: false),
                    owner_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_templates", x => x.id);
                    table.ForeignKey(
                        name: "fk_templates_users_owner_id",
                        column: x => x.owner_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "file_object_tags",
                columns: table => new
                {
                    file_object_id = table.Column<long>(type: "INTEGER", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    tag = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_file_object_tags", x => new { x.file_object_id, x.place });
                    table.ForeignKey(
                        name: "fk_file_object_tags_file_objects_file_object_id",
                        column: x => x.file_object_id,
                        principalTable: "file_objects",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "enterprises",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    credentials_id = table.Column<long>(type: "INTEGER", nullable: false),
                    endpoint_id = table.Column<long>(type: "INTEGER", nullable: false),
                    sealed_webhook_secret = table.Column<byte[]>(type: "BLOB", nullable: false),
                    pool_balancer_type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    agent_mode = table.Column<bool>(type: "INTEGER", nullable: false),
                    pool_manager_running = table.Column<bool>(type: "INTEGER", nullable: false),
                    pool_manager_failure = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_enterprises", x => x.id);
                    table.ForeignKey(
                        name: "fk_enterprises_credentials_credentials_id",
                        column: x => x.credentials_id,
                        principalTable: "forge_credentials",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_enterprises_endpoints_endpoint_id",
                        column: x => x.endpoint_id,
                        principalTable: "forge_endpoints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "forge_instances",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    credentials_id = table.Column<long>(type: "INTEGER", nullable: false),
                    endpoint_id = table.Column<long>(type: "INTEGER", nullable: false),
                    sealed_webhook_secret = table.Column<byte[]>(type: "BLOB", nullable: false),
                    pool_balancer_type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    agent_mode = table.Column<bool>(type: "INTEGER", nullable: false),
                    pool_manager_running = table.Column<bool>(type: "INTEGER", nullable: false),
                    pool_manager_failure = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_forge_instances", x => x.id);
                    table.ForeignKey(
                        name: "fk_forge_instances_credentials_credentials_id",
                        column: x => x.credentials_id,
                        principalTable: "forge_credentials",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_forge_instances_endpoints_endpoint_id",
                        column: x => x.endpoint_id,
                        principalTable: "forge_endpoints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "organizations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    credentials_id = table.Column<long>(type: "INTEGER", nullable: false),
                    endpoint_id = table.Column<long>(type: "INTEGER", nullable: false),
                    sealed_webhook_secret = table.Column<byte[]>(type: "BLOB", nullable: false),
                    pool_balancer_type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    agent_mode = table.Column<bool>(type: "INTEGER", nullable: false),
                    pool_manager_running = table.Column<bool>(type: "INTEGER", nullable: false),
                    pool_manager_failure = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organizations", x => x.id);
                    table.ForeignKey(
                        name: "fk_organizations_credentials_credentials_id",
                        column: x => x.credentials_id,
                        principalTable: "forge_credentials",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_organizations_endpoints_endpoint_id",
                        column: x => x.endpoint_id,
                        principalTable: "forge_endpoints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "repositories",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_owner = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    credentials_id = table.Column<long>(type: "INTEGER", nullable: false),
                    endpoint_id = table.Column<long>(type: "INTEGER", nullable: false),
                    sealed_webhook_secret = table.Column<byte[]>(type: "BLOB", nullable: false),
                    pool_balancer_type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    agent_mode = table.Column<bool>(type: "INTEGER", nullable: false),
                    pool_manager_running = table.Column<bool>(type: "INTEGER", nullable: false),
                    pool_manager_failure = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_repositories", x => x.id);
                    table.ForeignKey(
                        name: "fk_repositories_credentials_credentials_id",
                        column: x => x.credentials_id,
                        principalTable: "forge_credentials",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_repositories_endpoints_endpoint_id",
                        column: x => x.endpoint_id,
                        principalTable: "forge_endpoints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "pools",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    provider_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    runner_prefix = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    max_runners = table.Column<uint>(type: "INTEGER", nullable: false),
                    min_idle_runners = table.Column<uint>(type: "INTEGER", nullable: false),
                    image = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    flavor = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    os_type = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    os_arch = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    enable_shell = table.Column<bool>(type: "INTEGER", nullable: false),
                    generation = table.Column<ulong>(type: "INTEGER", nullable: false),
                    runner_bootstrap_timeout = table.Column<uint>(type: "INTEGER", nullable: false),
                    extra_specs = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    github_runner_group = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    priority = table.Column<uint>(type: "INTEGER", nullable: false),
                    template_id = table.Column<long>(type: "INTEGER", nullable: true),
                    proxy_id = table.Column<long>(type: "INTEGER", nullable: true),
                    repository_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    enterprise_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    forge_instance_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pools", x => x.id);
                    table.ForeignKey(
                        name: "fk_pools_enterprises_enterprise_id",
                        column: x => x.enterprise_id,
                        principalTable: "enterprises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_pools_forge_instances_forge_instance_id",
                        column: x => x.forge_instance_id,
                        principalTable: "forge_instances",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_pools_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_pools_proxies_proxy_id",
                        column: x => x.proxy_id,
                        principalTable: "proxies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_pools_repositories_repository_id",
                        column: x => x.repository_id,
                        principalTable: "repositories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_pools_templates_template_id",
                        column: x => x.template_id,
                        principalTable: "templates",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "scale_sets",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    scale_set_id = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    disable_update = table.Column<bool>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    extended_state = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false),
                    provider_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    runner_prefix = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    max_runners = table.Column<uint>(type: "INTEGER", nullable: false),
                    min_idle_runners = table.Column<uint>(type: "INTEGER", nullable: false),
                    image = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    flavor = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    os_type = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    os_arch = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    enable_shell = table.Column<bool>(type: "INTEGER", nullable: false),
                    desired_runner_count = table.Column<int>(type: "INTEGER", nullable: false),
                    generation = table.Column<ulong>(type: "INTEGER", nullable: false),
                    runner_bootstrap_timeout = table.Column<uint>(type: "INTEGER", nullable: false),
                    extra_specs = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    github_runner_group = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    template_id = table.Column<long>(type: "INTEGER", nullable: true),
                    proxy_id = table.Column<long>(type: "INTEGER", nullable: true),
                    repository_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    enterprise_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    forge_instance_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scale_sets", x => x.id);
                    table.ForeignKey(
                        name: "fk_scale_sets_enterprises_enterprise_id",
                        column: x => x.enterprise_id,
                        principalTable: "enterprises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_scale_sets_forge_instances_forge_instance_id",
                        column: x => x.forge_instance_id,
                        principalTable: "forge_instances",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_scale_sets_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_scale_sets_proxies_proxy_id",
                        column: x => x.proxy_id,
                        principalTable: "proxies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_scale_sets_repositories_repository_id",
                        column: x => x.repository_id,
                        principalTable: "repositories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_scale_sets_templates_template_id",
                        column: x => x.template_id,
                        principalTable: "templates",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "pool_tags",
                columns: table => new
                {
                    pool_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tag_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pool_tags", x => new { x.pool_id, x.tag_id });
                    table.ForeignKey(
                        name: "fk_pool_tags_pools_pool_id",
                        column: x => x.pool_id,
                        principalTable: "pools",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_pool_tags_tags_tag_id",
                        column: x => x.tag_id,
                        principalTable: "tags",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "instances",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    provider_id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    agent_id = table.Column<long>(type: "INTEGER", nullable: false),
                    os_type = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    os_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    os_version = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    os_arch = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    runner_status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    provider_fault = table.Column<byte[]>(type: "BLOB", nullable: true),
                    github_runner_group = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    heartbeat = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    has_shell = table.Column<bool>(type: "INTEGER", nullable: false),
                    generation = table.Column<ulong>(type: "INTEGER", nullable: false),
                    create_attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    sealed_jit_configuration = table.Column<byte[]>(type: "BLOB", nullable: true),
                    sealed_registration_token = table.Column<byte[]>(type: "BLOB", nullable: true),
                    token_fetched = table.Column<bool>(type: "INTEGER", nullable: false),
                    in_response_to_job_id = table.Column<long>(type: "INTEGER", nullable: true),
                    job_id = table.Column<long>(type: "INTEGER", nullable: true),
                    pool_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    scale_set_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_instances", x => x.id);
                    table.ForeignKey(
                        name: "fk_instances_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_instances_pools_pool_id",
                        column: x => x.pool_id,
                        principalTable: "pools",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_instances_scale_sets_scale_set_id",
                        column: x => x.scale_set_id,
                        principalTable: "scale_sets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "scale_set_tags",
                columns: table => new
                {
                    scale_set_id = table.Column<long>(type: "INTEGER", nullable: false),
                    tag_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scale_set_tags", x => new { x.scale_set_id, x.tag_id });
                    table.ForeignKey(
                        name: "fk_scale_set_tags_scale_sets_scale_set_id",
                        column: x => x.scale_set_id,
                        principalTable: "scale_sets",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_scale_set_tags_tags_tag_id",
                        column: x => x.tag_id,
                        principalTable: "tags",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "instance_addresses",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    instance_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_instance_addresses", x => x.id);
                    table.ForeignKey(
                        name: "fk_instance_addresses_instances_instance_id",
                        column: x => x.instance_id,
                        principalTable: "instances",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "instance_status_messages",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    instance_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    message = table.Column<string>(type: "TEXT", maxLength: 8192, nullable: false),
                    event_type = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    event_level = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_instance_status_messages", x => x.id);
                    table.ForeignKey(
                        name: "fk_instance_status_messages_instances_instance_id",
                        column: x => x.instance_id,
                        principalTable: "instances",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_change_log_commit_id_commit_index",
                table: "change_log",
                columns: new[] { "commit_id", "commit_index" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_enterprises_credentials_id",
                table: "enterprises",
                column: "credentials_id");

            migrationBuilder.CreateIndex(
                name: "ix_enterprises_endpoint_id",
                table: "enterprises",
                column: "endpoint_id");

            migrationBuilder.CreateIndex(
                name: "ix_enterprises_normalized_name_endpoint_id",
                table: "enterprises",
                columns: new[] { "normalized_name", "endpoint_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_file_contents_written_at",
                table: "file_contents",
                column: "written_at");

            migrationBuilder.CreateIndex(
                name: "ix_file_object_tags_tag_file_object_id",
                table: "file_object_tags",
                columns: new[] { "tag", "file_object_id" });

            migrationBuilder.CreateIndex(
                name: "ix_file_objects_content_id",
                table: "file_objects",
                column: "content_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_forge_credentials_endpoint_id",
                table: "forge_credentials",
                column: "endpoint_id");

            migrationBuilder.CreateIndex(
                name: "ix_forge_credentials_normalized_name_forge_type",
                table: "forge_credentials",
                columns: new[] { "normalized_name", "forge_type" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_forge_endpoints_normalized_name",
                table: "forge_endpoints",
                column: "normalized_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_forge_instances_credentials_id",
                table: "forge_instances",
                column: "credentials_id");

            migrationBuilder.CreateIndex(
                name: "ix_forge_instances_endpoint_id",
                table: "forge_instances",
                column: "endpoint_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_instance_addresses_instance_id",
                table: "instance_addresses",
                column: "instance_id");

            migrationBuilder.CreateIndex(
                name: "ix_instance_status_messages_instance_id",
                table: "instance_status_messages",
                column: "instance_id");

            migrationBuilder.CreateIndex(
                name: "ix_instances_job_id",
                table: "instances",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_instances_name",
                table: "instances",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_instances_pool_id",
                table: "instances",
                column: "pool_id");

            migrationBuilder.CreateIndex(
                name: "ix_instances_scale_set_id",
                table: "instances",
                column: "scale_set_id");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_forge_url_workflow_job_id_scale_set_job_id",
                table: "jobs",
                columns: new[] { "forge_url", "workflow_job_id", "scale_set_job_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_organizations_credentials_id",
                table: "organizations",
                column: "credentials_id");

            migrationBuilder.CreateIndex(
                name: "ix_organizations_endpoint_id",
                table: "organizations",
                column: "endpoint_id");

            migrationBuilder.CreateIndex(
                name: "ix_organizations_normalized_name_endpoint_id",
                table: "organizations",
                columns: new[] { "normalized_name", "endpoint_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_pool_tags_tag_id",
                table: "pool_tags",
                column: "tag_id");

            migrationBuilder.CreateIndex(
                name: "ix_pools_enterprise_id",
                table: "pools",
                column: "enterprise_id");

            migrationBuilder.CreateIndex(
                name: "ix_pools_forge_instance_id",
                table: "pools",
                column: "forge_instance_id");

            migrationBuilder.CreateIndex(
                name: "ix_pools_organization_id",
                table: "pools",
                column: "organization_id");

            migrationBuilder.CreateIndex(
                name: "ix_pools_proxy_id",
                table: "pools",
                column: "proxy_id");

            migrationBuilder.CreateIndex(
                name: "ix_pools_repository_id",
                table: "pools",
                column: "repository_id");

            migrationBuilder.CreateIndex(
                name: "ix_pools_template_id",
                table: "pools",
                column: "template_id");

            migrationBuilder.CreateIndex(
                name: "ix_proxies_normalized_name",
                table: "proxies",
                column: "normalized_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_repositories_credentials_id",
                table: "repositories",
                column: "credentials_id");

            migrationBuilder.CreateIndex(
                name: "ix_repositories_endpoint_id",
                table: "repositories",
                column: "endpoint_id");

            migrationBuilder.CreateIndex(
                name: "ix_repositories_normalized_owner_normalized_name_endpoint_id",
                table: "repositories",
                columns: new[] { "normalized_owner", "normalized_name", "endpoint_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_scale_set_tags_tag_id",
                table: "scale_set_tags",
                column: "tag_id");

            migrationBuilder.CreateIndex(
                name: "ix_scale_sets_enterprise_id",
                table: "scale_sets",
                column: "enterprise_id");

            migrationBuilder.CreateIndex(
                name: "ix_scale_sets_forge_instance_id",
                table: "scale_sets",
                column: "forge_instance_id");

            migrationBuilder.CreateIndex(
                name: "ix_scale_sets_organization_id",
                table: "scale_sets",
                column: "organization_id");

            migrationBuilder.CreateIndex(
                name: "ix_scale_sets_proxy_id",
                table: "scale_sets",
                column: "proxy_id");

            migrationBuilder.CreateIndex(
                name: "ix_scale_sets_repository_id",
                table: "scale_sets",
                column: "repository_id");

            migrationBuilder.CreateIndex(
                name: "ix_scale_sets_template_id",
                table: "scale_sets",
                column: "template_id");

            migrationBuilder.CreateIndex(
                name: "ix_tags_normalized_name",
                table: "tags",
                column: "normalized_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_templates_normalized_name",
                table: "templates",
                column: "normalized_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_templates_owner_id",
                table: "templates",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_users_normalized_email",
                table: "users",
                column: "normalized_email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_users_normalized_username",
                table: "users",
                column: "normalized_username",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_delivery_id",
                table: "webhook_deliveries",
                column: "delivery_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "change_log");

            migrationBuilder.DropTable(
                name: "change_log_head");

            migrationBuilder.DropTable(
                name: "controllers");

            migrationBuilder.DropTable(
                name: "file_chunks");

            migrationBuilder.DropTable(
                name: "file_object_tags");

            migrationBuilder.DropTable(
                name: "instance_addresses");

            migrationBuilder.DropTable(
                name: "instance_status_messages");

            migrationBuilder.DropTable(
                name: "leases");

            migrationBuilder.DropTable(
                name: "nodes");

            migrationBuilder.DropTable(
                name: "pool_tags");

            migrationBuilder.DropTable(
                name: "scale_set_tags");

            migrationBuilder.DropTable(
                name: "webhook_deliveries");

            migrationBuilder.DropTable(
                name: "file_objects");

            migrationBuilder.DropTable(
                name: "instances");

            migrationBuilder.DropTable(
                name: "tags");

            migrationBuilder.DropTable(
                name: "file_contents");

            migrationBuilder.DropTable(
                name: "jobs");

            migrationBuilder.DropTable(
                name: "pools");

            migrationBuilder.DropTable(
                name: "scale_sets");

            migrationBuilder.DropTable(
                name: "enterprises");

            migrationBuilder.DropTable(
                name: "forge_instances");

            migrationBuilder.DropTable(
                name: "organizations");

            migrationBuilder.DropTable(
                name: "proxies");

            migrationBuilder.DropTable(
                name: "repositories");

            migrationBuilder.DropTable(
                name: "templates");

            migrationBuilder.DropTable(
                name: "forge_credentials");

            migrationBuilder.DropTable(
                name: "users");

            migrationBuilder.DropTable(
                name: "forge_endpoints");
        }
    }
}
