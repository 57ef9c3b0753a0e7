using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Garm.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class WebhookOutcomesAndListOrder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "webhook_outcomes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    received_at = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    delivery_id = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    @event = table.Column<string>(name: "event", type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    action = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    workflow_job_id = table.Column<long>(type: "bigint", nullable: true),
                    entity = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    outcome = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    reason = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    details = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    status = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_outcomes", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_instances_created_at_id",
                table: "instances",
                columns: new[] { "created_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "webhook_outcomes");

            migrationBuilder.DropIndex(
                name: "ix_instances_created_at_id",
                table: "instances");
        }
    }
}
