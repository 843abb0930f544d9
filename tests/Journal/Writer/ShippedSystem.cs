using ActorScheduler.Master.Journaling;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace ActorScheduler.Journal.Writer;

/// <summary>A system with the journal as it is shipped: reference.conf and what the store adds, and nothing of a cluster.</summary>
public static class ShippedSystem
{
    /// <param name="name">Of the system.</param>
    /// <param name="store">Which journal.</param>
    /// <param name="journal">The same, opened.</param>
    /// <param name="more">Settings before the shipped ones.</param>
    public static ActorSystem Create(string name, JournalStore store, OpenJournal journal, string more = "") => ActorSystem.Create(
        name,
        ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString($"""
                {more}
                akka.actor.provider = local
                akka.loglevel = OFF
                akka.stdout-loglevel = OFF
                """).WithFallback(store.Config).WithFallback(ProtocolConfig.Reference)),
            journal.Setup));
}
