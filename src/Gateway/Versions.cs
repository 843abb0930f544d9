using System.Reflection;
using Akka.Actor;

namespace ActorScheduler.Gateway;

/// <summary>What runs here.</summary>
internal static class Versions
{
    /// <summary>This program's.</summary>
    internal static string Product { get; } = Of(typeof(Versions).Assembly);

    /// <summary>That of the actors' engine.</summary>
    internal static string Engine { get; } = $"Akka.NET {Of(typeof(ActorSystem).Assembly)}";

    // The build metadata behind the plus is the commit.
    private static string Of(Assembly assembly) =>
        (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+')[0];
}
