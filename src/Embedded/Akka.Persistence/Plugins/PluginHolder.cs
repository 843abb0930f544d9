using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Journal;

namespace Akka.Persistence;

/// <summary>One journal or snapshot store that runs: its actor, its event adapters and its section with the defaults below it.</summary>
internal sealed record PluginHolder(IActorRef Ref, EventAdapters Adapters, Config Config);
