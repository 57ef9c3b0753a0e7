using System.Reflection;
using Garm.Actors.Changes;

namespace Garm.Actors.Tests.Hosting;

/// <summary>The actors refer to <c>Garm.Log</c> only, and to no database.</summary>
public sealed class ReferenceSpecs
{
    [Fact]
    public void Actors_ShouldReferNeitherToTheDatabase_NorToGarmData()
    {
        var own = new Dictionary<string, Assembly>();
        var referred = new HashSet<string>();
        Collect(typeof(ChangeRelayActor).Assembly);

        Assert.Contains("Garm.Log", own.Keys);
        Assert.Contains("Garm.Contracts", own.Keys);
        Assert.DoesNotContain(referred, x => x.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal));
        Assert.DoesNotContain(referred, x => x.StartsWith("Garm.Data", StringComparison.Ordinal));

        void Collect(Assembly assembly)
        {
            if (!own.TryAdd(assembly.GetName().Name!, assembly)) return;
            foreach (var name in assembly.GetReferencedAssemblies())
            {
                referred.Add(name.Name!);
                if (name.Name!.StartsWith("Garm.", StringComparison.Ordinal)) Collect(Assembly.Load(name));
            }
        }
    }
}
