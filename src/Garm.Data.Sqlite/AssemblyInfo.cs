using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Garm.Data.Tests")]
