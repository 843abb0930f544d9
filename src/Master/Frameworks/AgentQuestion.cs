using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Master.Frameworks;

/// <summary>An agent was asked for all it has, and its answer is not complete.</summary>
/// <param name="number">Names the question.</param>
/// <param name="actor">The agent.</param>
/// <param name="expected">What was expected there when it was asked.</param>
/// <param name="pause">Silence after which it is asked again.</param>
internal sealed class AgentQuestion(long number, IActorRef actor, HashSet<TaskId> expected, TimeSpan pause)
{
    /// <summary>Silence after which an agent is asked a second time: an agent with much to say, or under load, needs its time.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    /// <summary>Names the question.</summary>
    public long Number { get; } = number;

    /// <summary>The agent.</summary>
    public IActorRef Actor { get; } = actor;

    /// <summary>What was expected there and was on no page so far.</summary>
    public HashSet<TaskId> Expected { get; } = expected;

    /// <summary>Silence after which it is asked again.</summary>
    public TimeSpan Pause { get; } = pause;

    /// <summary>The page that comes next.</summary>
    public int NextPage { get; set; }

    /// <summary>When it was asked, or a page came last.</summary>
    public long At { get; set; }
}
