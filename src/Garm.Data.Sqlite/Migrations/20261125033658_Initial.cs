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
                    committed_at = table.Column<DateTime>(type: "TEXT", nullable: false)
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
                    next_position = table.Column<long>(type: "INTEGER", nullable: false)
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
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
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
                name: "forge_endpoints",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    endpoint_type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false),
                    api_base_url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    upload_base_url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    base_url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    ca_cert_bundle = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_forge_endpoints", x => x.id);
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
                name: "proxies",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
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
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
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
                name: "github_credentials",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false),
                    auth_type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    sealed_payload = table.Column<byte[]>(type: "BLOB", nullable: false),
                    endpoint_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_github_credentials", x => x.id);
                    table.ForeignKey(
                        name: "fk_github_credentials_endpoints_endpoint_id",
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
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
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
                name: "enterprises",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    credentials_id = table.Column<long>(type: "INTEGER", nullable: false),
                    endpoint_id = table.Column<long>(type: "INTEGER", nullable: false),
                    sealed_webhook_secret = table.Column<byte[]>(type: "BLOB", nullable: false),
                    pool_balancer_type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    agent_mode = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_enterprises", x => x.id);
                    table.ForeignKey(
                        name: "fk_enterprises_endpoints_endpoint_id",
                        column: x => x.endpoint_id,
                        principalTable: "forge_endpoints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_enterprises_github_credentials_credentials_id",
                        column: x => x.credentials_id,
                        principalTable: "github_credentials",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "organizations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    credentials_id = table.Column<long>(type: "INTEGER", nullable: false),
                    endpoint_id = table.Column<long>(type: "INTEGER", nullable: false),
                    sealed_webhook_secret = table.Column<byte[]>(type: "BLOB", nullable: false),
                    pool_balancer_type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    agent_mode = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organizations", x => x.id);
                    table.ForeignKey(
                        name: "fk_organizations_endpoints_endpoint_id",
                        column: x => x.endpoint_id,
                        principalTable: "forge_endpoints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_organizations_github_credentials_credentials_id",
                        column: x => x.credentials_id,
                        principalTable: "github_credentials",
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
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    credentials_id = table.Column<long>(type: "INTEGER", nullable: false),
                    endpoint_id = table.Column<long>(type: "INTEGER", nullable: false),
                    sealed_webhook_secret = table.Column<byte[]>(type: "BLOB", nullable: false),
                    pool_balancer_type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    agent_mode = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_repositories", x => x.id);
                    table.ForeignKey(
                        name: "fk_repositories_endpoints_endpoint_id",
                        column: x => x.endpoint_id,
                        principalTable: "forge_endpoints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_repositories_github_credentials_credentials_id",
                        column: x => x.credentials_id,
                        principalTable: "github_credentials",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "pools",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
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
                    enterprise_id = table.Column<Guid>(type: "TEXT", nullable: true)
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
                name: "ix_forge_endpoints_normalized_name",
                table: "forge_endpoints",
                column: "normalized_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_github_credentials_endpoint_id",
                table: "github_credentials",
                column: "endpoint_id");

            migrationBuilder.CreateIndex(
                name: "ix_github_credentials_normalized_name",
                table: "github_credentials",
                column: "normalized_name",
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
                name: "leases");

            migrationBuilder.DropTable(
                name: "pool_tags");

            migrationBuilder.DropTable(
                name: "pools");

            migrationBuilder.DropTable(
                name: "tags");

            migrationBuilder.DropTable(
                name: "enterprises");

            migrationBuilder.DropTable(
                name: "organizations");

            migrationBuilder.DropTable(
                name: "proxies");

            migrationBuilder.DropTable(
                name: "repositories");

            migrationBuilder.DropTable(
                name: "templates");

            migrationBuilder.DropTable(
                name: "github_credentials");

            migrationBuilder.DropTable(
                name: "users");

            migrationBuilder.DropTable(
                name: "forge_endpoints");
        }
    }
}
