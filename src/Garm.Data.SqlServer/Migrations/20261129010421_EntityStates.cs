using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Garm.Data.SqlServer.Migrations
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
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "before",
                table: "change_log",
                type: "nvarchar(max)",
                maxLength: -1,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "source",
                table: "change_log",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.CreateTable(
                name: "entity_states",
                columns: table => new
                {
                    entity_type = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    key = table.Column<string>(type: "nvarchar(330)", maxLength: 330, nullable: false, collation: "Latin1_General_100_BIN2"),
                    source = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    entity_id = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    created_position = table.Column<long>(type: "bigint", nullable: false),
                    payload = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_entity_states", x => new { x.entity_type, x.key });
                });

            migrationBuilder.CreateTable(
                name: "snapshot_holds",
                columns: table => new
                {
                    holder = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    expires_at_ms = table.Column<long>(type: "bigint", nullable: false)
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
