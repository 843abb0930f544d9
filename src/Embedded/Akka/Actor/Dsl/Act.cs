namespace Akka.Actor.Dsl;

/// <summary>An actor whose handlers and hooks are lambdas, for tests and small tasks.</summary>
public sealed class Act : ReceiveActor, IActorDsl
{
    public Act(Action<IActorDsl> config) => config(this);

    public Act(Action<IActorDsl, IActorContext> config) => config(this, Context);

    public Action<Exception, IActorContext>? OnPostRestart { get; set; }

    public Action<Exception, object, IActorContext>? OnPreRestart { get; set; }

    public Action<IActorContext>? OnPostStop { get; set; }

    public Action<IActorContext>? OnPreStart { get; set; }

    public SupervisorStrategy? Strategy { get; set; }

    public void Receive<T>(Action<T, IActorContext> handler) => Receive<T>(message => handler(message, Context));

    public void Receive<T>(Predicate<T> shouldHandle, Action<T, IActorContext> handler) => Receive(handler, shouldHandle);

    public void Receive<T>(Action<T, IActorContext> handler, Predicate<T> shouldHandle) => Receive(message => handler(message, Context), shouldHandle);

    public void ReceiveAny(Action<object, IActorContext> handler) => ReceiveAny(message => handler(message, Context));

    public void ReceiveAsync<T>(Func<T, IActorContext, Task> handler, Predicate<T>? shouldHandle = null) =>
        ReceiveAsync(message => handler(message, Context), shouldHandle);

    public void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, IActorContext, Task> handler) => ReceiveAsync(handler, shouldHandle);

    public void ReceiveAnyAsync(Func<object, IActorContext, Task> handler) => ReceiveAnyAsync(message => handler(message, Context));

    public void DefaultPreRestart(Exception reason, object message) => base.PreRestart(reason, message);

    public void DefaultPostRestart(Exception reason) => base.PostRestart(reason);

    public void DefaultPreStart() => base.PreStart();

    public void DefaultPostStop() => base.PostStop();

    public void Become(Action<object, IActorContext> handler) => Become(message => handler(message, Context));

    public void BecomeStacked(Action<object, IActorContext> handler) => BecomeStacked(message => handler(message, Context));

    void IActorDsl.UnbecomeStacked() => UnbecomeStacked();

    public IActorRef ActorOf(Action<IActorDsl> config, string? name = null) => Context.ActorOf(config, name);

    protected override void PreRestart(Exception reason, object? message)
    {
        if (OnPreRestart is null) base.PreRestart(reason, message);
        else OnPreRestart(reason, message!, Context);
    }

    protected override void PostRestart(Exception reason)
    {
        if (OnPostRestart is null) base.PostRestart(reason);
        else OnPostRestart(reason, Context);
    }

    protected override void PreStart()
    {
        if (OnPreStart is null) base.PreStart();
        else OnPreStart(Context);
    }

    protected override void PostStop()
    {
        if (OnPostStop is null) base.PostStop();
        else OnPostStop(Context);
    }

    protected override SupervisorStrategy SupervisorStrategy() => Strategy ?? base.SupervisorStrategy();
}

/// <summary>Makes actors from lambdas.</summary>
public static class ActExtensions
{
    public static IActorRef ActorOf(this IActorRefFactory factory, Action<IActorDsl> config, string? name = null) =>
        factory.ActorOf(Props.Create(() => new Act(config)), name);

    public static IActorRef ActorOf(this IActorRefFactory factory, Action<IActorDsl, IActorContext> config, string? name = null) =>
        factory.ActorOf(Props.Create(() => new Act(config)), name);
}
