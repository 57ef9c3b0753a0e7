using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Garm.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Sources : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "sources",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 63, nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    username = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    sealed_password = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ca_bundle = table.Column<byte[]>(type: "BLOB", nullable: false),
                    relist_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_leaving = table.Column<bool>(type: "INTEGER", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sources", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "source_hosts",
                columns: table => new
                {
                    host = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    source_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_source_hosts", x => x.host);
                    table.ForeignKey(
                        name: "fk_source_hosts_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "sources",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "source_statuses",
                columns: table => new
                {
                    source_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    message = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: false),
                    controller_id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    version = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    node = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    entities = table.Column<long>(type: "INTEGER", nullable: false),
                    repairs = table.Column<long>(type: "INTEGER", nullable: false),
                    last_event_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true),
                    last_list_at = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_source_statuses", x => x.source_id);
                    table.ForeignKey(
                        name: "fk_source_statuses_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "sources",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_source_hosts_source_id",
                table: "source_hosts",
                column: "source_id");

            migrationBuilder.CreateIndex(
                name: "ix_sources_name",
                table: "sources",
                column: "name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "source_hosts");

            migrationBuilder.DropTable(
                name: "source_statuses");

            migrationBuilder.DropTable(
                name: "sources");
        }
    }
}
