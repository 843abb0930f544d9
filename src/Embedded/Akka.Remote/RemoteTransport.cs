using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>What carries messages to other nodes.</summary>
public abstract class RemoteTransport(ExtendedActorSystem system, RemoteActorRefProvider provider)
{
    public ExtendedActorSystem System { get; } = system;

    public RemoteActorRefProvider Provider { get; } = provider;

    public abstract ISet<Address> Addresses { get; }

    /// <summary>Where others find this node.</summary>
    public abstract Address DefaultAddress { get; }

    public ILoggingAdapter Log { get; protected set; } = Logging.GetLogger(system, "remoting");

    /// <exception cref="RemoteTransportException">It could not begin to listen.</exception>
    public abstract void Start();

    public abstract Task Shutdown();

    /// <summary>Sends, or queues, and returns at once.</summary>
    public abstract void Send(object message, IActorRef sender, RemoteActorRef recipient);

    /// <summary>Exchanges nothing any more with an incarnation of another node.</summary>
    public abstract void Quarantine(Address address, int? uid);

    /// <summary>The local address by which another node knows this one.</summary>
    public abstract Address LocalAddressForRemote(Address remote);
}
