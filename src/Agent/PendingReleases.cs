using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent;

/// <summary>
/// What is free here and not yet at the allocator. One message is under way at a time and what is freed meanwhile goes into the
/// next: the allocator tells repeated messages by their numbers growing, so a later one must not overtake an earlier one.
/// </summary>
internal sealed class PendingReleases
{
    /// <summary>Most of one message: one with everything could be larger than remoting allows.</summary>
    private const int MostAtOnce = 5000;

    private readonly List<(int Generation, EndedTask? Task, EndedExecutor? Executor)> _waiting = [];
    private long _lastNumber;
    private int _generation;

    /// <summary>What is under way; null when nothing is.</summary>
    public ReleaseResources? Sent { get; private set; }

    /// <summary>Something became free.</summary>
    /// <param name="generation">How many times the agent had said all that it holds when this was still among it.</param>
    /// <param name="task">The task that ended, or null.</param>
    /// <param name="executor">The executor that ended, or null.</param>
    public void Add(int generation, EndedTask? task, EndedExecutor? executor)
    {
        if (generation >= _generation && (task is not null || executor is not null))
            _waiting.Add((generation, task, executor));
    }

    /// <summary>The allocator has entered what the agent said at a time; what was free before was not in it.</summary>
    public void Begin(int generation)
    {
        _generation = generation;
        _waiting.RemoveAll(free => free.Generation < generation);
        Sent = null;
    }

    /// <summary>The next message; null when one is under way or nothing is free.</summary>
    public ReleaseResources? Next(AgentId agent, Epoch epoch)
    {
        if (Sent is not null || _waiting.Count == 0)
            return null;
        List<(int Generation, EndedTask? Task, EndedExecutor? Executor)> next = _waiting.GetRange(0, Math.Min(_waiting.Count, MostAtOnce));
        Sent = new ReleaseResources(
            agent, epoch, ++_lastNumber,
            [.. next.Select(static free => free.Task).OfType<EndedTask>()], [.. next.Select(static free => free.Executor).OfType<EndedExecutor>()]);
        _waiting.RemoveRange(0, next.Count);
        return Sent;
    }

    /// <summary>The allocator has entered a message.</summary>
    public void Seen(long number)
    {
        if (Sent?.Number == number)
            Sent = null;
    }
}
