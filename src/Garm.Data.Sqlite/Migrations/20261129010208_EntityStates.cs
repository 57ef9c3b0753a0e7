using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Garm.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class EntityStates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "state_position",
                table: "change_log_head",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "before",
                table: "change_log",
                type: "TEXT",
                maxLength: -1,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "source",
                table: "change_log",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "entity_states",
                columns: table => new
                {
                    entity_type = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 330, nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    entity_id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    created_position = table.Column<long>(type: "INTEGER", nullable: false),
                    payload = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_entity_states", x => new { x.entity_type, x.key });
                });

            migrationBuilder.CreateTable(
                name: "snapshot_holds",
                columns: table => new
                {
                    holder = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_snapshot_holds", x => x.holder);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "entity_states");

            migrationBuilder.DropTable(
                name: "snapshot_holds");

            migrationBuilder.DropColumn(
                name: "state_position",
                table: "change_log_head");

            migrationBuilder.DropColumn(
                name: "before",
                table: "change_log");

            migrationBuilder.DropColumn(
                name: "source",
                table: "change_log");
        }
    }
}
