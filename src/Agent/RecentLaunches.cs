using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Model;

namespace ActorScheduler.Agent;

/// <summary>
/// Launches that were answered: one that comes again is answered alike and not done again, also when its tasks have ended and
/// were forgotten. Repeats come within seconds, and launches of an earlier life of the process are refused anyway, so the
/// latest ones in memory are enough.
/// </summary>
internal sealed class RecentLaunches
{
    private const int Most = 4096;
    private readonly Dictionary<UseKey, Problem?> _problems = [];
    private readonly Queue<UseKey> _order = new();

    /// <summary>Remembers a launch.</summary>
    /// <param name="use">Which.</param>
    /// <param name="conversion">Why its conversions could not be made, or null.</param>
    public void Add(UseKey use, Problem? conversion)
    {
        if (_problems.TryAdd(use, conversion))
            _order.Enqueue(use);
        while (_order.Count > Most)
            _problems.Remove(_order.Dequeue());
    }

    /// <summary>Whether a launch was answered, and what was said of its conversions.</summary>
    public bool TryGet(UseKey use, out Problem? conversion) => _problems.TryGetValue(use, out conversion);
}
