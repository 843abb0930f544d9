using Akka.Actor;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Marks what singleton managers and proxies say to each other.</summary>
public interface IClusterSingletonMessage;

/// <summary>Let me have the singleton: I come first now.</summary>
internal sealed record HandOverToMe(UniqueAddress Candidate) : IClusterSingletonMessage;

/// <summary>You will get it; mine is ending.</summary>
internal sealed record HandOverInProgress(UniqueAddress From) : IClusterSingletonMessage;

/// <summary>
/// I have no singleton, and will have none as long as you come before me.
/// </summary>
/// <param name="From">Who says so.</param>
/// <param name="IsFinal">This node goes: it will never have a singleton again, whoever comes first.</param>
internal sealed record HandOverDone(UniqueAddress From, bool IsFinal) : IClusterSingletonMessage;

/// <summary>Tell me of your singleton of this name, as soon as there is one.</summary>
internal sealed record FindSingleton(string Name) : IClusterSingletonMessage;

/// <summary>There it is.</summary>
internal sealed record SingletonFound(IActorRef Singleton) : IClusterSingletonMessage;
