using System.Reflection;
using Akka.Actor;

namespace ActorScheduler.Node;

/// <summary>Which of the two actor engines this program was built on; the only place that asks.</summary>
internal static class EngineVersion
{
    /// <summary>The embedded engine carries this product's version, upstream its own (1.5.x).</summary>
    internal static string Describe()
    {
        var engine = typeof(ActorSystem).Assembly;
        var version = Informational(engine);
        return Informational(typeof(EngineVersion).Assembly) == version ? $"embedded {version}" : $"Akka.NET {version}";
    }

    internal static string Informational(Assembly assembly)
    {
        var full = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        // The build metadata behind the plus is the commit.
        return full.Split('+')[0];
    }
}
