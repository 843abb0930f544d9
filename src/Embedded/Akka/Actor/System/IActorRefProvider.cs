using Akka.Actor.Internal;
using Akka.Serialization;

namespace Akka.Actor;

/// <summary>Makes and resolves references, and holds the roots of the hierarchy.</summary>
public interface IActorRefProvider
{
    /// <summary>The reference from which all others descend.</summary>
    IInternalActorRef RootGuardian { get; }

    /// <summary>/user</summary>
    LocalActorRef Guardian { get; }

    /// <summary>/system</summary>
    LocalActorRef SystemGuardian { get; }

    IActorRef DeadLetters { get; }

    IActorRef IgnoreRef { get; }

    ActorPath RootPath { get; }

    Settings Settings { get; }

    Deployer Deployer { get; }

    /// <summary>/temp, below which the temporary actors of Asks live.</summary>
    IInternalActorRef TempContainer { get; }

    /// <summary>Ends when the whole hierarchy has.</summary>
    Task TerminationTask { get; }

    /// <summary>The address at which others find this system.</summary>
    Address DefaultAddress { get; }

    Information SerializationInformation { get; }

    void Init(ActorSystemImpl system);

    IActorRef RootGuardianAt(Address address);

    ActorPath TempPath();

    void RegisterTempActor(IInternalActorRef actorRef, ActorPath path);

    void UnregisterTempActor(ActorPath path);

    FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs);

    IInternalActorRef ActorOf(
        ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy? deploy, bool lookupDeploy, bool async);

    /// <summary>The living actor of a full path; the dead letters' stand-in for its path when there is none.</summary>
    IActorRef ResolveActorRef(string path);

    IActorRef ResolveActorRef(ActorPath actorPath);

    /// <summary>The address by which the system at <paramref name="address"/> reaches this one; null when it cannot.</summary>
    Address? GetExternalAddressFor(Address address);
}
