using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Garm.Cli.Tests")]
[assembly: InternalsVisibleTo("Garm.Host.Tests")]
[assembly: InternalsVisibleTo("Garm.Cluster.Tests")]
