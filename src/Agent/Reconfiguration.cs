using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Model;

namespace ActorScheduler.Agent;

/// <summary>
/// What an agent has when its operator gave it other resources than before. Reservations, volumes and tasks stay; what they were
/// made of, and what tasks use, has to be in the new resources too. Else the agent does not start: it would have to give up
/// what it has promised.
/// </summary>
internal static class Reconfiguration
{
    /// <summary>The identity to go on with, or why that cannot be.</summary>
    /// <param name="memory">What the agent has kept; it has an identity.</param>
    /// <param name="resources">What it is given now.</param>
    public static Result<AgentIdentity> Of(AgentMemory memory, Resources resources)
    {
        AgentIdentity known = memory.Identity!;
        if (known.Configured.Equals(resources))
            return known;
        // What conversions took out of the configured resources, and what they put in its place.
        Resources consumed = known.Configured.SubtractOrEmpty(known.Total);
        Resources converted = known.Total.SubtractOrEmpty(known.Configured);
        if (!resources.TrySubtract(consumed, out Resources rest))
            return new Problem("resources", $"{resources} does not contain {consumed}, of which {converted} was made; give the agent more, or undo that first");
        AgentIdentity changed = known with { Configured = resources, Total = rest.Add(converted) };
        Resources used = new AgentBook(memory, changed).Used;
        return changed.Total.NonShared().Contains(used.NonShared()) && used.Shared().Objects().All(shared => changed.Total[shared.Key].Number > 0)
            ? changed
            : new Problem("resources", $"{resources} does not contain what tasks use: {used}; give the agent more, or end them first");
    }
}
