using Akka.Actor.Internal;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Children of a cell.</summary>
public partial class ActorCell
{
    private ChildrenOfActor Children => _children ?? MakeChildren();

    public virtual IActorRef ActorOf(Props props, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(props);
        return MakeChild(props, CheckedName(name), isSystemService: false);
    }

    /// <summary>Makes a child from outside of the actor, as the system does below its guardians.</summary>
    public virtual IActorRef AttachChild(Props props, bool isSystemService, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(props);
        return MakeChild(props, CheckedName(name), isSystemService);
    }

    IActorRef IActorContext.Child(string name) => GetSingleChild(name);

    IEnumerable<IActorRef> IActorContext.GetChildren() => GetChildren();

    public IEnumerable<IInternalActorRef> GetChildren() => _children?.All() ?? [];

    public IInternalActorRef GetChildByName(string name) => _children?.Find(name) ?? Nobody.Instance;

    /// <summary>The child of that name, or <c>name#uid</c> for that incarnation only; Nobody when there is none.</summary>
    public IInternalActorRef GetSingleChild(string name)
    {
        var hash = name.IndexOf('#', StringComparison.Ordinal);
        if (hash < 0) return FindChild(name);
        var child = FindChild(name[..hash]);
        return long.TryParse(name.AsSpan(hash + 1), out var uid) && (uid == UndefinedUid || uid == child.Path.Uid) ? child : Nobody.Instance;
    }

    /// <summary>Stops a child, another actor, or this one.</summary>
    public void Stop(IActorRef child)
    {
        if (_children is { } children && children.Contains(child)) children.ShallEnd(child);
        ((IInternalActorRef)child).Stop();
    }

    /// <summary>A reference below this actor whose messages a function handles; the engine's bridge to code outside of actors.</summary>
    internal FunctionRef AddFunctionRef(Action<object, IActorRef> handle, string? name = null)
    {
        var path = _self.Path / ActorPathText.GeneratedName(NextNumber(), $"$${name}");
        var reference = new FunctionRef(path.WithUid(NewUid()), _system.Provider, handle);
        lock (Extras) (Extras.FunctionRefs ??= []).Add(reference.Path.Name, reference);
        return reference;
    }

    internal bool RemoveFunctionRef(FunctionRef reference)
    {
        lock (Extras) return Extras.FunctionRefs?.Remove(reference.Path.Name) ?? false;
    }

    internal static long NewUid() => Random.Shared.Next(1, int.MaxValue);

    private static long _functionRefs;

    private static long NextNumber() => Interlocked.Increment(ref _functionRefs);

    private IInternalActorRef FindChild(string name)
    {
        if (_children?.Find(name) is { } child) return child;
        if (_extras is { FunctionRefs: { } functions } extras)
            lock (extras)
                if (functions.TryGetValue(name, out var function))
                    return function;
        return Nobody.Instance;
    }

    private ChildrenOfActor MakeChildren()
    {
        Interlocked.CompareExchange(ref _children, new ChildrenOfActor(), null);
        return _children;
    }

    private string CheckedName(string? name)
    {
        if (name is null) return Children.NextName();
        if (name.Length == 0) throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
            throw new InvalidActorNameException(
                $"Illegal actor name [{name}]. Actor paths MUST: not start with `$`, include only ASCII letters and can only contain these special characters: {ActorPath.ValidSymbols}.");
        return name;
    }

    private IInternalActorRef MakeChild(Props props, string name, bool isSystemService)
    {
        if (_system.Settings.SerializeAllCreators && !isSystemService) SerializationCheck.Pass(_system, props);
        if (IsTerminated) throw new InvalidOperationException("Cannot create child while terminating or terminated");
        Children.Reserve(name);
        IInternalActorRef child;
        try
        {
            child = _system.Provider.ActorOf(
                _system, props, _self, new ChildActorPath(_self.Path, name, NewUid()), isSystemService, deploy: null, lookupDeploy: true, async: false);
        }
        catch
        {
            // If this actor is to end it waited for the child that was under way, and has to look again.
            if (Children.Unreserve(name)) Stop();
            throw;
        }

        var comesTooLate = Children.Add(child);
        if (_system.Settings.DebugLifecycle) Publish(new Debug(_self.Path.ToString(), ActorType, $"now supervising {child}"));
        // A child of an actor that is suspended, but for an asynchronous handler, begins suspended as often as its parent.
        // (From another thread the count says nothing: the suspension may or may not have reached the child already.)
        if (Current == this)
            for (var i = Mailbox.SuspendCount - (_extras?.RunningHandlings ?? 0); i > 0; i--)
                child.Suspend();
        child.Start();
        if (comesTooLate) child.Stop();
        return child;
    }

    /// <summary>Takes in a child that was made elsewhere.</summary>
    private void Adopt(IActorRef child)
    {
        if (!IsTerminating) Children.Add((IInternalActorRef)child);
    }

    private IEnumerable<IInternalActorRef> LazyChildren()
    {
        foreach (var child in GetChildren()) yield return child;
    }

    private bool IsTerminating => _children?.IsTerminating ?? false;

    private void StopChildren()
    {
        foreach (var child in GetChildren()) Stop(child);
    }

    private void SuspendChildren(IActorRef? except)
    {
        foreach (var child in GetChildren())
            if (!child.Equals(except))
                child.Suspend();
    }

    private void ResumeChildren(Exception? cause, IActorRef? perpetrator)
    {
        foreach (var child in GetChildren()) child.Resume(child.Equals(perpetrator) ? cause : null);
    }

    private sealed class StatsOfChildren(ChildrenOfActor children) : IReadOnlyCollection<ChildRestartStats>
    {
        public int Count => children.Count;

        public IEnumerator<ChildRestartStats> GetEnumerator()
        {
            foreach (var child in children.All())
                if (children.Stats(child) is { } stats)
                    yield return stats;
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
