using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Garm.Data.Tests")]

// For their compiled models (.ci/models), which name the tables' classes.
[assembly: InternalsVisibleTo("Garm.Data.PostgreSql")]
[assembly: InternalsVisibleTo("Garm.Data.Sqlite")]
[assembly: InternalsVisibleTo("Garm.Data.SqlServer")]
