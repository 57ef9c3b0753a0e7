using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Garm.Data.Sqlite.Migrations
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
                type: "TEXT",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ended_job_id",
                table: "webhook_deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "forge_url",
                table: "webhook_deliveries",
                type: "TEXT",
                maxLength: 256,
                nullable: true);

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
