using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Garm.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class TemplateNamesByOwner : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_templates_normalized_name",
                table: "templates");

            migrationBuilder.CreateIndex(
                name: "ix_templates_name_owner_id",
                table: "templates",
                columns: new[] { "name", "owner_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_templates_name_owner_id",
                table: "templates");

            migrationBuilder.CreateIndex(
                name: "ix_templates_normalized_name",
                table: "templates",
                column: "normalized_name",
                unique: true);
        }
    }
}
