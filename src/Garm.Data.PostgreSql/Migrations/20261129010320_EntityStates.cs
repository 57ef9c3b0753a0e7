using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Garm.Data.PostgreSql.Migrations
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
                type: "text",
                maxLength: -1,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "source",
                table: "change_log",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.CreateTable(
                name: "entity_states",
                columns: table => new
                {
                    entity_type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    key = table.Column<string>(type: "character varying(330)", maxLength: 330, nullable: false, collation: "C"),
                    source = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    entity_id = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    created_position = table.Column<long>(type: "bigint", nullable: false),
                    payload = table.Column<string>(type: "text", maxLength: -1, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_entity_states", x => new { x.entity_type, x.key });
                });

            migrationBuilder.CreateTable(
                name: "snapshot_holds",
                columns: table => new
                {
                    holder = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
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
