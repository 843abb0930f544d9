using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Master.Offers;

/// <summary>An agent that has registered with this allocator; forgotten with it.</summary>
internal sealed class AgentOnBook(RegisterAgent registered, long registration)
{
    /// <summary>What it said last, without the tasks: these are in the allocator's book.</summary>
    public RegisterAgent Registered { get; private set; } = registered with { Tasks = [] };

    /// <summary>Number of its registration.</summary>
    public long Registration { get; } = registration;

    /// <summary>Its actor.</summary>
    public IActorRef Actor => Registered.Agent;

    /// <summary>When it was last heard of, by the allocator's clock.</summary>
    public TimeSpan LastSeen { get; set; }

    /// <summary>Since when it does not answer; null while it does.</summary>
    public DateTimeOffset? LostAt { get; set; }

    /// <summary>Who wanted its id last and was refused, since it answers.</summary>
    public IActorRef? Refused { get; set; }

    /// <summary>Number of the latest release that was entered.</summary>
    public long LastRelease { get; set; }

    /// <summary>Enters what it says now.</summary>
    public void Hear(RegisterAgent said) => Registered = said with { Tasks = [] };

    /// <summary>Shared executors that run there.</summary>
    public HashSet<(FrameworkId, ExecutorId)> Executors { get; } =
        [.. registered.Tasks.Where(static task => task.Task.ExecutorId is not null).Select(static task => (task.FrameworkId, task.Task.ExecutorId!.Value))];
}
