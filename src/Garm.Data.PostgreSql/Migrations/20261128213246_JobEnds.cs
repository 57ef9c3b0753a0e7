using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Garm.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class JobEnds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "ended_at",
                table: "webhook_deliveries",
                type: "timestamp(6) with time zone",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ended_job_id",
                table: "webhook_deliveries",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "forge_url",
                table: "webhook_deliveries",
                type: "character varying(256)",
                maxLength: 256,
                nullable: true,
                collation: "C");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_ended_job_id",
                table: "webhook_deliveries",
                column: "ended_job_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_webhook_deliveries_ended_job_id",
                table: "webhook_deliveries");

            migrationBuilder.DropColumn(
                name: "ended_at",
                table: "webhook_deliveries");

            migrationBuilder.DropColumn(
                name: "ended_job_id",
                table: "webhook_deliveries");

            migrationBuilder.DropColumn(
                name: "forge_url",
                table: "webhook_deliveries");
        }
    }
}
