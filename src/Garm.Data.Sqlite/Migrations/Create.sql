CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "migration_id" TEXT NOT NULL CONSTRAINT "pk___ef_migrations_history" PRIMARY KEY,
    "product_version" TEXT NOT NULL
);

CREATE TABLE "change_log" (
    "position" INTEGER NOT NULL CONSTRAINT "pk_change_log" PRIMARY KEY,
    "commit_id" TEXT NOT NULL,
    "commit_index" INTEGER NOT NULL,
    "commit_last" INTEGER NOT NULL,
    "entity_type" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "last_state" TEXT NULL,
    "committed_at" TEXT NOT NULL,
    "chain" INTEGER NOT NULL
);

CREATE TABLE "change_log_head" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_change_log_head" PRIMARY KEY,
    "epoch" TEXT NOT NULL,
    "next_position" INTEGER NOT NULL,
    "chain" INTEGER NOT NULL
);

CREATE TABLE "controllers" (
    "id" TEXT NOT NULL CONSTRAINT "pk_controllers" PRIMARY KEY,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "metadata_url" TEXT NOT NULL,
    "callback_url" TEXT NOT NULL,
    "webhook_url" TEXT NOT NULL,
    "agent_url" TEXT NOT NULL,
    "agent_releases_url" TEXT NOT NULL,
    "enable_agent_tools_sync" INTEGER NOT NULL,
    "agent_version" TEXT NOT NULL,
    "allow_insecure_agent" INTEGER NOT NULL,
    "minimum_job_age_backoff" INTEGER NOT NULL,
    "ca_cert_bundle" BLOB NULL
);

CREATE TABLE "file_contents" (
    "id" TEXT NOT NULL CONSTRAINT "pk_file_contents" PRIMARY KEY,
    "written_at" TEXT NOT NULL,
    "chunk_count" INTEGER NOT NULL
);

CREATE TABLE "forge_endpoints" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_forge_endpoints" PRIMARY KEY AUTOINCREMENT,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "normalized_name" TEXT NOT NULL,
    "endpoint_type" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "api_base_url" TEXT NOT NULL,
    "upload_base_url" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "tools_metadata_url" TEXT NOT NULL,
    "use_internal_tools_metadata" INTEGER NOT NULL,
    "ca_cert_bundle" BLOB NULL
);

CREATE TABLE "jobs" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_jobs" PRIMARY KEY AUTOINCREMENT,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "forge_url" TEXT NOT NULL,
    "workflow_job_id" INTEGER NOT NULL,
    "scale_set_job_id" TEXT NOT NULL,
    "scale_set_id" INTEGER NULL,
    "run_id" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "conclusion" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "started_at" TEXT NOT NULL,
    "completed_at" TEXT NOT NULL,
    "runner_id" INTEGER NOT NULL,
    "runner_group_id" INTEGER NOT NULL,
    "runner_group_name" TEXT NOT NULL,
    "repository_name" TEXT NOT NULL,
    "repository_owner" TEXT NOT NULL,
    "workflow_run_url" TEXT NOT NULL,
    "labels" TEXT NOT NULL,
    "repository_id" TEXT NULL,
    "organization_id" TEXT NULL,
    "enterprise_id" TEXT NULL,
    "forge_instance_id" TEXT NULL,
    "locked_by" TEXT NOT NULL
);

CREATE TABLE "leases" (
    "name" TEXT NOT NULL CONSTRAINT "pk_leases" PRIMARY KEY,
    "holder" TEXT NOT NULL,
    "fencing_token" INTEGER NOT NULL,
    "expires_at_ms" INTEGER NOT NULL
);

CREATE TABLE "nodes" (
    "id" TEXT NOT NULL CONSTRAINT "pk_nodes" PRIMARY KEY,
    "address" TEXT NOT NULL,
    "joined" INTEGER NOT NULL,
    "heartbeat_at" INTEGER NOT NULL
);

CREATE TABLE "proxies" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_proxies" PRIMARY KEY AUTOINCREMENT,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "normalized_name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "http_proxy" TEXT NOT NULL,
    "https_proxy" TEXT NOT NULL,
    "no_proxy" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "sealed_password" BLOB NULL
);

CREATE TABLE "tags" (
    "id" TEXT NOT NULL CONSTRAINT "pk_tags" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "normalized_name" TEXT NOT NULL
);

CREATE TABLE "users" (
    "id" TEXT NOT NULL CONSTRAINT "pk_users" PRIMARY KEY,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "username" TEXT NOT NULL,
    "normalized_username" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "normalized_email" TEXT NOT NULL,
    "full_name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "enabled" INTEGER NOT NULL,
    "is_admin" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL
);

CREATE TABLE "webhook_deliveries" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_webhook_deliveries" PRIMARY KEY AUTOINCREMENT,
    "delivery_id" TEXT NOT NULL,
    "received_at" TEXT NOT NULL,
    "is_done" INTEGER NOT NULL
);

CREATE TABLE "file_chunks" (
    "content_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "data" BLOB NOT NULL,
    CONSTRAINT "pk_file_chunks" PRIMARY KEY ("content_id", "number"),
    CONSTRAINT "fk_file_chunks_file_contents_content_id" FOREIGN KEY ("content_id") REFERENCES "file_contents" ("id") ON DELETE RESTRICT
);

CREATE TABLE "file_objects" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_file_objects" PRIMARY KEY AUTOINCREMENT,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "file_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "content_id" TEXT NOT NULL,
    CONSTRAINT "fk_file_objects_file_contents_content_id" FOREIGN KEY ("content_id") REFERENCES "file_contents" ("id") ON DELETE RESTRICT
);

CREATE TABLE "forge_credentials" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_forge_credentials" PRIMARY KEY AUTOINCREMENT,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "normalized_name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "auth_type" TEXT NOT NULL,
    "sealed_payload" BLOB NOT NULL,
    "endpoint_id" INTEGER NOT NULL,
    "forge_type" TEXT NOT NULL,
    CONSTRAINT "fk_forge_credentials_endpoints_endpoint_id" FOREIGN KEY ("endpoint_id") REFERENCES "forge_endpoints" ("id") ON DELETE RESTRICT
);

CREATE TABLE "templates" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_templates" PRIMARY KEY AUTOINCREMENT,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "normalized_name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "os_type" TEXT NOT NULL,
    "forge_type" TEXT NOT NULL,
    "data" BLOB NOT NULL,
    "owner_id" TEXT NULL,
    CONSTRAINT "fk_templates_users_owner_id" FOREIGN KEY ("owner_id") REFERENCES "users" ("id") ON DELETE RESTRICT
);

CREATE TABLE "file_object_tags" (
    "file_object_id" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "tag" TEXT NOT NULL,
    CONSTRAINT "pk_file_object_tags" PRIMARY KEY ("file_object_id", "place"),
    CONSTRAINT "fk_file_object_tags_file_objects_file_object_id" FOREIGN KEY ("file_object_id") REFERENCES "file_objects" ("id")
);

CREATE TABLE "enterprises" (
    "id" TEXT NOT NULL CONSTRAINT "pk_enterprises" PRIMARY KEY,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "normalized_name" TEXT NOT NULL,
    "credentials_id" INTEGER NOT NULL,
    "endpoint_id" INTEGER NOT NULL,
    "sealed_webhook_secret" BLOB NOT NULL,
    "pool_balancer_type" TEXT NOT NULL,
    "agent_mode" INTEGER NOT NULL,
    "pool_manager_running" INTEGER NOT NULL,
    "pool_manager_failure" TEXT NOT NULL,
    CONSTRAINT "fk_enterprises_credentials_credentials_id" FOREIGN KEY ("credentials_id") REFERENCES "forge_credentials" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_enterprises_endpoints_endpoint_id" FOREIGN KEY ("endpoint_id") REFERENCES "forge_endpoints" ("id") ON DELETE RESTRICT
);

CREATE TABLE "forge_instances" (
    "id" TEXT NOT NULL CONSTRAINT "pk_forge_instances" PRIMARY KEY,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "normalized_name" TEXT NOT NULL,
    "credentials_id" INTEGER NOT NULL,
    "endpoint_id" INTEGER NOT NULL,
    "sealed_webhook_secret" BLOB NOT NULL,
    "pool_balancer_type" TEXT NOT NULL,
    "agent_mode" INTEGER NOT NULL,
    "pool_manager_running" INTEGER NOT NULL,
    "pool_manager_failure" TEXT NOT NULL,
    CONSTRAINT "fk_forge_instances_credentials_credentials_id" FOREIGN KEY ("credentials_id") REFERENCES "forge_credentials" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_forge_instances_endpoints_endpoint_id" FOREIGN KEY ("endpoint_id") REFERENCES "forge_endpoints" ("id") ON DELETE RESTRICT
);

CREATE TABLE "organizations" (
    "id" TEXT NOT NULL CONSTRAINT "pk_organizations" PRIMARY KEY,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "normalized_name" TEXT NOT NULL,
    "credentials_id" INTEGER NOT NULL,
    "endpoint_id" INTEGER NOT NULL,
    "sealed_webhook_secret" BLOB NOT NULL,
    "pool_balancer_type" TEXT NOT NULL,
    "agent_mode" INTEGER NOT NULL,
    "pool_manager_running" INTEGER NOT NULL,
    "pool_manager_failure" TEXT NOT NULL,
    CONSTRAINT "fk_organizations_credentials_credentials_id" FOREIGN KEY ("credentials_id") REFERENCES "forge_credentials" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_organizations_endpoints_endpoint_id" FOREIGN KEY ("endpoint_id") REFERENCES "forge_endpoints" ("id") ON DELETE RESTRICT
);

CREATE TABLE "repositories" (
    "id" TEXT NOT NULL CONSTRAINT "pk_repositories" PRIMARY KEY,
    "owner" TEXT NOT NULL,
    "normalized_owner" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "normalized_name" TEXT NOT NULL,
    "credentials_id" INTEGER NOT NULL,
    "endpoint_id" INTEGER NOT NULL,
    "sealed_webhook_secret" BLOB NOT NULL,
    "pool_balancer_type" TEXT NOT NULL,
    "agent_mode" INTEGER NOT NULL,
    "pool_manager_running" INTEGER NOT NULL,
    "pool_manager_failure" TEXT NOT NULL,
    CONSTRAINT "fk_repositories_credentials_credentials_id" FOREIGN KEY ("credentials_id") REFERENCES "forge_credentials" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_repositories_endpoints_endpoint_id" FOREIGN KEY ("endpoint_id") REFERENCES "forge_endpoints" ("id") ON DELETE RESTRICT
);

CREATE TABLE "pools" (
    "id" TEXT NOT NULL CONSTRAINT "pk_pools" PRIMARY KEY,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "provider_name" TEXT NOT NULL,
    "runner_prefix" TEXT NOT NULL,
    "max_runners" INTEGER NOT NULL,
    "min_idle_runners" INTEGER NOT NULL,
    "image" TEXT NOT NULL,
    "flavor" TEXT NOT NULL,
    "os_type" TEXT NOT NULL,
    "os_arch" TEXT NOT NULL,
    "enabled" INTEGER NOT NULL,
    "enable_shell" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL,
    "runner_bootstrap_timeout" INTEGER NOT NULL,
    "extra_specs" TEXT NULL,
    "github_runner_group" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "template_id" INTEGER NULL,
    "proxy_id" INTEGER NULL,
    "repository_id" TEXT NULL,
    "organization_id" TEXT NULL,
    "enterprise_id" TEXT NULL,
    "forge_instance_id" TEXT NULL,
    CONSTRAINT "fk_pools_enterprises_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprises" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_pools_forge_instances_forge_instance_id" FOREIGN KEY ("forge_instance_id") REFERENCES "forge_instances" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_pools_organizations_organization_id" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_pools_proxies_proxy_id" FOREIGN KEY ("proxy_id") REFERENCES "proxies" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_pools_repositories_repository_id" FOREIGN KEY ("repository_id") REFERENCES "repositories" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_pools_templates_template_id" FOREIGN KEY ("template_id") REFERENCES "templates" ("id") ON DELETE RESTRICT
);

CREATE TABLE "scale_sets" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_scale_sets" PRIMARY KEY AUTOINCREMENT,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "scale_set_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "disable_update" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "extended_state" TEXT NOT NULL,
    "provider_name" TEXT NOT NULL,
    "runner_prefix" TEXT NOT NULL,
    "max_runners" INTEGER NOT NULL,
    "min_idle_runners" INTEGER NOT NULL,
    "image" TEXT NOT NULL,
    "flavor" TEXT NOT NULL,
    "os_type" TEXT NOT NULL,
    "os_arch" TEXT NOT NULL,
    "enabled" INTEGER NOT NULL,
    "enable_shell" INTEGER NOT NULL,
    "desired_runner_count" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL,
    "runner_bootstrap_timeout" INTEGER NOT NULL,
    "extra_specs" TEXT NULL,
    "github_runner_group" TEXT NOT NULL,
    "template_id" INTEGER NULL,
    "proxy_id" INTEGER NULL,
    "repository_id" TEXT NULL,
    "organization_id" TEXT NULL,
    "enterprise_id" TEXT NULL,
    "forge_instance_id" TEXT NULL,
    CONSTRAINT "fk_scale_sets_enterprises_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprises" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_scale_sets_forge_instances_forge_instance_id" FOREIGN KEY ("forge_instance_id") REFERENCES "forge_instances" ("id"),
    CONSTRAINT "fk_scale_sets_organizations_organization_id" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_scale_sets_proxies_proxy_id" FOREIGN KEY ("proxy_id") REFERENCES "proxies" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_scale_sets_repositories_repository_id" FOREIGN KEY ("repository_id") REFERENCES "repositories" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_scale_sets_templates_template_id" FOREIGN KEY ("template_id") REFERENCES "templates" ("id") ON DELETE RESTRICT
);

CREATE TABLE "pool_tags" (
    "pool_id" TEXT NOT NULL,
    "tag_id" TEXT NOT NULL,
    CONSTRAINT "pk_pool_tags" PRIMARY KEY ("pool_id", "tag_id"),
    CONSTRAINT "fk_pool_tags_pools_pool_id" FOREIGN KEY ("pool_id") REFERENCES "pools" ("id"),
    CONSTRAINT "fk_pool_tags_tags_tag_id" FOREIGN KEY ("tag_id") REFERENCES "tags" ("id") ON DELETE RESTRICT
);

CREATE TABLE "instances" (
    "id" TEXT NOT NULL CONSTRAINT "pk_instances" PRIMARY KEY,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "agent_id" INTEGER NOT NULL,
    "os_type" TEXT NOT NULL,
    "os_name" TEXT NOT NULL,
    "os_version" TEXT NOT NULL,
    "os_arch" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "runner_status" TEXT NOT NULL,
    "provider_fault" BLOB NULL,
    "github_runner_group" TEXT NOT NULL,
    "heartbeat" TEXT NOT NULL,
    "has_shell" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL,
    "create_attempt" INTEGER NOT NULL,
    "sealed_jit_configuration" BLOB NULL,
    "sealed_registration_token" BLOB NULL,
    "token_fetched" INTEGER NOT NULL,
    "in_response_to_job_id" INTEGER NULL,
    "job_id" INTEGER NULL,
    "pool_id" TEXT NULL,
    "scale_set_id" INTEGER NULL,
    CONSTRAINT "fk_instances_jobs_job_id" FOREIGN KEY ("job_id") REFERENCES "jobs" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_instances_pools_pool_id" FOREIGN KEY ("pool_id") REFERENCES "pools" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_instances_scale_sets_scale_set_id" FOREIGN KEY ("scale_set_id") REFERENCES "scale_sets" ("id") ON DELETE RESTRICT
);

CREATE TABLE "scale_set_tags" (
    "scale_set_id" INTEGER NOT NULL,
    "tag_id" TEXT NOT NULL,
    CONSTRAINT "pk_scale_set_tags" PRIMARY KEY ("scale_set_id", "tag_id"),
    CONSTRAINT "fk_scale_set_tags_scale_sets_scale_set_id" FOREIGN KEY ("scale_set_id") REFERENCES "scale_sets" ("id"),
    CONSTRAINT "fk_scale_set_tags_tags_tag_id" FOREIGN KEY ("tag_id") REFERENCES "tags" ("id") ON DELETE RESTRICT
);

CREATE TABLE "instance_addresses" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_instance_addresses" PRIMARY KEY AUTOINCREMENT,
    "instance_id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    CONSTRAINT "fk_instance_addresses_instances_instance_id" FOREIGN KEY ("instance_id") REFERENCES "instances" ("id")
);

CREATE TABLE "instance_status_messages" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_instance_status_messages" PRIMARY KEY AUTOINCREMENT,
    "instance_id" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "event_type" TEXT NOT NULL,
    "event_level" TEXT NOT NULL,
    CONSTRAINT "fk_instance_status_messages_instances_instance_id" FOREIGN KEY ("instance_id") REFERENCES "instances" ("id")
);

CREATE UNIQUE INDEX "ix_change_log_commit_id_commit_index" ON "change_log" ("commit_id", "commit_index");

CREATE INDEX "ix_enterprises_credentials_id" ON "enterprises" ("credentials_id");

CREATE INDEX "ix_enterprises_endpoint_id" ON "enterprises" ("endpoint_id");

CREATE UNIQUE INDEX "ix_enterprises_normalized_name_endpoint_id" ON "enterprises" ("normalized_name", "endpoint_id");

CREATE INDEX "ix_file_contents_written_at" ON "file_contents" ("written_at");

CREATE INDEX "ix_file_object_tags_tag_file_object_id" ON "file_object_tags" ("tag", "file_object_id");

CREATE UNIQUE INDEX "ix_file_objects_content_id" ON "file_objects" ("content_id");

CREATE INDEX "ix_forge_credentials_endpoint_id" ON "forge_credentials" ("endpoint_id");

CREATE UNIQUE INDEX "ix_forge_credentials_normalized_name_forge_type" ON "forge_credentials" ("normalized_name", "forge_type");

CREATE UNIQUE INDEX "ix_forge_endpoints_normalized_name" ON "forge_endpoints" ("normalized_name");

CREATE INDEX "ix_forge_instances_credentials_id" ON "forge_instances" ("credentials_id");

CREATE UNIQUE INDEX "ix_forge_instances_endpoint_id" ON "forge_instances" ("endpoint_id");

CREATE INDEX "ix_instance_addresses_instance_id" ON "instance_addresses" ("instance_id");

CREATE INDEX "ix_instance_status_messages_instance_id" ON "instance_status_messages" ("instance_id");

CREATE INDEX "ix_instances_job_id" ON "instances" ("job_id");

CREATE UNIQUE INDEX "ix_instances_name" ON "instances" ("name");

CREATE INDEX "ix_instances_pool_id" ON "instances" ("pool_id");

CREATE INDEX "ix_instances_scale_set_id" ON "instances" ("scale_set_id");

CREATE UNIQUE INDEX "ix_jobs_forge_url_workflow_job_id_scale_set_job_id" ON "jobs" ("forge_url", "workflow_job_id", "scale_set_job_id");

CREATE INDEX "ix_organizations_credentials_id" ON "organizations" ("credentials_id");

CREATE INDEX "ix_organizations_endpoint_id" ON "organizations" ("endpoint_id");

CREATE UNIQUE INDEX "ix_organizations_normalized_name_endpoint_id" ON "organizations" ("normalized_name", "endpoint_id");

CREATE INDEX "ix_pool_tags_tag_id" ON "pool_tags" ("tag_id");

CREATE INDEX "ix_pools_enterprise_id" ON "pools" ("enterprise_id");

CREATE INDEX "ix_pools_forge_instance_id" ON "pools" ("forge_instance_id");

CREATE INDEX "ix_pools_organization_id" ON "pools" ("organization_id");

CREATE INDEX "ix_pools_proxy_id" ON "pools" ("proxy_id");

CREATE INDEX "ix_pools_repository_id" ON "pools" ("repository_id");

CREATE INDEX "ix_pools_template_id" ON "pools" ("template_id");

CREATE UNIQUE INDEX "ix_proxies_normalized_name" ON "proxies" ("normalized_name");

CREATE INDEX "ix_repositories_credentials_id" ON "repositories" ("credentials_id");

CREATE INDEX "ix_repositories_endpoint_id" ON "repositories" ("endpoint_id");

CREATE UNIQUE INDEX "ix_repositories_normalized_owner_normalized_name_endpoint_id" ON "repositories" ("normalized_owner", "normalized_name", "endpoint_id");

CREATE INDEX "ix_scale_set_tags_tag_id" ON "scale_set_tags" ("tag_id");

CREATE INDEX "ix_scale_sets_enterprise_id" ON "scale_sets" ("enterprise_id");

CREATE INDEX "ix_scale_sets_forge_instance_id" ON "scale_sets" ("forge_instance_id");

CREATE INDEX "ix_scale_sets_organization_id" ON "scale_sets" ("organization_id");

CREATE INDEX "ix_scale_sets_proxy_id" ON "scale_sets" ("proxy_id");

CREATE INDEX "ix_scale_sets_repository_id" ON "scale_sets" ("repository_id");

CREATE INDEX "ix_scale_sets_template_id" ON "scale_sets" ("template_id");

CREATE UNIQUE INDEX "ix_tags_normalized_name" ON "tags" ("normalized_name");

CREATE UNIQUE INDEX "ix_templates_normalized_name" ON "templates" ("normalized_name");

CREATE INDEX "ix_templates_owner_id" ON "templates" ("owner_id");

CREATE UNIQUE INDEX "ix_users_normalized_email" ON "users" ("normalized_email");

CREATE UNIQUE INDEX "ix_users_normalized_username" ON "users" ("normalized_username");

CREATE UNIQUE INDEX "ix_webhook_deliveries_delivery_id" ON "webhook_deliveries" ("delivery_id");

INSERT INTO "__EFMigrationsHistory" ("migration_id", "product_version")
VALUES ('20261125122354_Initial', '10.0.15');

CREATE TABLE "secret_keys" (
    "id" TEXT NOT NULL CONSTRAINT "pk_secret_keys" PRIMARY KEY,
    "sealed_check" BLOB NOT NULL,
    "state" TEXT NOT NULL
);

INSERT INTO "__EFMigrationsHistory" ("migration_id", "product_version")
VALUES ('20261128211702_SecretKeys', '10.0.15');

DROP INDEX "ix_templates_normalized_name";

CREATE UNIQUE INDEX "ix_templates_name_owner_id" ON "templates" ("name", "owner_id");

INSERT INTO "__EFMigrationsHistory" ("migration_id", "product_version")
VALUES ('20261128212041_TemplateNamesByOwner', '10.0.15');

ALTER TABLE "webhook_deliveries" ADD "ended_at" TEXT NULL;

ALTER TABLE "webhook_deliveries" ADD "ended_job_id" INTEGER NULL;

ALTER TABLE "webhook_deliveries" ADD "forge_url" TEXT NULL;

CREATE INDEX "ix_webhook_deliveries_ended_job_id" ON "webhook_deliveries" ("ended_job_id");

INSERT INTO "__EFMigrationsHistory" ("migration_id", "product_version")
VALUES ('20261128212714_JobEnds', '10.0.15');

CREATE TABLE "webhook_outcomes" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_webhook_outcomes" PRIMARY KEY AUTOINCREMENT,
    "received_at" TEXT NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "workflow_job_id" INTEGER NULL,
    "entity" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "details" TEXT NOT NULL,
    "status" INTEGER NOT NULL
);

CREATE INDEX "ix_instances_created_at_id" ON "instances" ("created_at", "id");

INSERT INTO "__EFMigrationsHistory" ("migration_id", "product_version")
VALUES ('20261128213018_WebhookOutcomesAndListOrder', '10.0.15');

ALTER TABLE "change_log_head" ADD "state_position" INTEGER NULL;

ALTER TABLE "change_log" ADD "before" TEXT NULL;

ALTER TABLE "change_log" ADD "source" TEXT NOT NULL DEFAULT '';

CREATE TABLE "entity_states" (
    "entity_type" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "created_position" INTEGER NOT NULL,
    "payload" TEXT NOT NULL,
    CONSTRAINT "pk_entity_states" PRIMARY KEY ("entity_type", "key")
);

CREATE TABLE "snapshot_holds" (
    "holder" TEXT NOT NULL CONSTRAINT "pk_snapshot_holds" PRIMARY KEY,
    "position" INTEGER NOT NULL,
    "expires_at_ms" INTEGER NOT NULL
);

INSERT INTO "__EFMigrationsHistory" ("migration_id", "product_version")
VALUES ('20261129010208_EntityStates', '10.0.15');

CREATE TABLE "sources" (
    "id" TEXT NOT NULL CONSTRAINT "pk_sources" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "sealed_password" BLOB NULL,
    "ca_bundle" BLOB NOT NULL,
    "relist_seconds" INTEGER NOT NULL,
    "enabled" INTEGER NOT NULL,
    "is_leaving" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL
);

CREATE TABLE "source_hosts" (
    "host" TEXT NOT NULL CONSTRAINT "pk_source_hosts" PRIMARY KEY,
    "source_id" TEXT NOT NULL,
    CONSTRAINT "fk_source_hosts_sources_source_id" FOREIGN KEY ("source_id") REFERENCES "sources" ("id")
);

CREATE TABLE "source_statuses" (
    "source_id" TEXT NOT NULL CONSTRAINT "pk_source_statuses" PRIMARY KEY,
    "state" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "controller_id" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "node" TEXT NOT NULL,
    "entities" INTEGER NOT NULL,
    "repairs" INTEGER NOT NULL,
    "last_event_at" TEXT NULL,
    "last_list_at" TEXT NULL,
    CONSTRAINT "fk_source_statuses_sources_source_id" FOREIGN KEY ("source_id") REFERENCES "sources" ("id")
);

CREATE INDEX "ix_source_hosts_source_id" ON "source_hosts" ("source_id");

CREATE UNIQUE INDEX "ix_sources_name" ON "sources" ("name");

INSERT INTO "__EFMigrationsHistory" ("migration_id", "product_version")
VALUES ('20261129063903_Sources', '10.0.15');

