using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Garm.Host.Tests")]
