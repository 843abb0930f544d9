using Akka.Configuration;

namespace Akka.Actor;

/// <summary>One phase as configured at <c>akka.coordinated-shutdown.phases</c>.</summary>
internal sealed record ShutdownPhase(string Name, IReadOnlyList<string> DependsOn, TimeSpan Timeout, bool Recovers, bool IsEnabled);

/// <summary>The phases in the order in which they run: each after those that it depends on.</summary>
internal sealed class ShutdownPhases
{
    private const string Key = "akka.coordinated-shutdown.phases";

    private readonly Dictionary<string, ShutdownPhase> _byName;

    private ShutdownPhases(Dictionary<string, ShutdownPhase> byName)
    {
        _byName = byName;
        Ordered = Sort(byName);
    }

    public IReadOnlyList<ShutdownPhase> Ordered { get; }

    /// <summary>Reads the section <c>akka.coordinated-shutdown</c>.</summary>
    /// <exception cref="ArgumentException">Phases depend on each other in a circle.</exception>
    public static ShutdownPhases FromConfig(Config section)
    {
        var byName = new Dictionary<string, ShutdownPhase>();
        var usual = section.GetTimeSpan("default-phase-timeout", TimeSpan.FromSeconds(5), false);
        foreach (var (name, _) in section.GetConfig("phases")?.AsEnumerable() ?? [])
        {
            // An empty phase is a phase too.
            var phase = section.GetConfig($"phases.\"{name}\"") ?? Config.Empty;
            byName[name] = new ShutdownPhase(
                name,
                [.. phase.GetStringList("depends-on")],
                phase.GetTimeSpan("timeout", usual, false),
                phase.GetBoolean("recover", true),
                phase.GetBoolean("enabled", true));
        }

        foreach (var named in byName.Values.SelectMany(phase => phase.DependsOn).ToList())
        {
            byName.TryAdd(named, new ShutdownPhase(named, [], usual, Recovers: true, IsEnabled: true));
        }

        return new ShutdownPhases(byName);
    }

    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public ShutdownPhase Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _byName.TryGetValue(name, out var phase) ? phase : throw new ArgumentException(
            $"Unknown phase [{name}], known phases are [{string.Join(", ", _byName.Keys)}]. Each phase must be defined at {Key}.", nameof(name));
    }

    /// <summary>Depth first, in the order of the names, so that the result does not depend on that of the configuration.</summary>
    private static List<ShutdownPhase> Sort(Dictionary<string, ShutdownPhase> phases)
    {
        var sorted = new List<ShutdownPhase>(phases.Count);
        var done = new HashSet<string>();
        var open = new List<string>();
        void Visit(string name)
        {
            if (open.Contains(name))
            {
                throw new ArgumentException(
                    $"Cycle detected at {Key}: {string.Join(" depends on ", [.. open.SkipWhile(o => o != name), name])}. Phases must not depend on themselves.");
            }

            if (!done.Contains(name))
            {
                open.Add(name);
                foreach (var dependency in phases[name].DependsOn)
                {
                    Visit(dependency);
                }

                open.Remove(name);
                done.Add(name);
                sorted.Add(phases[name]);
            }
        }

        foreach (var name in phases.Keys.Order(StringComparer.Ordinal))
        {
            Visit(name);
        }

        return sorted;
    }
}
