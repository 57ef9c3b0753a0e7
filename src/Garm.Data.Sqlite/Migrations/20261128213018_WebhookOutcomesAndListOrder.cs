using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Garm.Data.Sqlite.Migrations
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
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    received_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    delivery_id = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", maxLength: 512, nullable: false),
                    action = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    workflow_job_id = table.Column<long>(type: "INTEGER", nullable: true),
                    entity = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    details = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: false)
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
