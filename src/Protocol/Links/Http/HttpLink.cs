using Akka.Actor;

namespace ActorScheduler.Protocol.Links.Http;

/// <summary>
/// The link of a client that speaks with any node by HTTP: nothing needs to reach the client, and what lets people in lets it in. Its actor
/// system needs no remoting. When its node is gone it turns to the next one.
/// </summary>
public sealed class HttpLink : MasterLink
{
    private readonly IActorRef _actor;

    private HttpLink(IActorRef actor, Task connected, Task<string> denied) => (_actor, Connected, Denied) = (actor, connected, denied);

    /// <summary>Ends when a node has let this client in for the first time.</summary>
    public Task Connected { get; }

    /// <summary>Ends when a node says that this client may not come in, with what it said; else never.</summary>
    public Task<string> Denied { get; }

    /// <summary>Starts a link; it connects at once, and again whenever that is needed.</summary>
    /// <param name="system">The client's system.</param>
    /// <param name="options">Where to, and what lets it in.</param>
    /// <param name="name">Name of the actor.</param>
    /// <exception cref="ArgumentException">No nodes.</exception>
    public static HttpLink Start(ActorSystem system, HttpLinkOptions options, string name = "masters")
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Nodes.Count == 0)
            throw new ArgumentException("at least one node is needed", nameof(options));
        var denied = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new HttpLink(system.ActorOf(HttpLinkActor.Props(options, connected, denied), name), connected.Task, denied.Task);
    }

    /// <inheritdoc/>
    protected override void Deliver(IAllocatorMessage message, IActorRef sender) => _actor.Tell(message, sender);

    /// <inheritdoc/>
    protected override void Deliver(IFrameworkMessage message, IActorRef sender) => _actor.Tell(message, sender);
}
