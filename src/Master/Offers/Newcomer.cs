using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Master.Offers;

/// <summary>
/// Whether an agent that registers with an id that another process has may take its place. It may after a restart: the other one does
/// not answer then. A copy of a data folder may not, as long as the one that is registered answers.
/// </summary>
internal static class Newcomer
{
    /// <summary>Why it may not, or null.</summary>
    /// <param name="hostname">The registered one's.</param>
    /// <param name="registered">Where it is; without host and port when it is in the allocator's process.</param>
    /// <param name="isLost">Whether it is known not to answer.</param>
    /// <param name="newcomer">Where the other is. An address belongs to one process at a time: what comes from there again is a restart.</param>
    public static Problem? WhyNot(string hostname, Address registered, bool isLost, Address newcomer) => isLost || registered.Equals(newcomer)
        ? null
        : new Problem(
            "agent_id",
            $"the agent on {hostname} has this id and answers. A data folder that was copied from there cannot be used; after a restart at another port this is over in a few seconds");
}
