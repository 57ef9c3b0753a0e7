using System.Runtime.CompilerServices;

namespace Garm.TestUtilities.Linked;

/// <summary>Compiled into every test assembly whose tests create folders or start processes.</summary>
internal static class TestAssembly
{
    [ModuleInitializer]
    internal static void Begin() => TestRun.Begin();
}
