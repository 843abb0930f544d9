using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>Why an actor waits for children to end before it does anything else.</summary>
internal abstract record ChildrenWait
{
    /// <summary>To become a new instance after a failure.</summary>
    internal sealed record Recreation(Exception Cause) : ChildrenWait;

    /// <summary>To be created at last, after its first creation failed.</summary>
    internal sealed record Creation : ChildrenWait;

    /// <summary>To end itself.</summary>
    internal sealed record Termination : ChildrenWait;
}

/// <summary>
/// The children of one actor by name. Written by the actor, read by anybody who looks up a path, hence the lock. A name
/// stays taken until its child has really ended.
/// </summary>
/// <remarks>A child that never failed is kept as its bare reference, restart statistics are made at its first failure.</remarks>
internal sealed class ChildrenOfActor
{
    private static readonly object Reserved = new();

    private readonly Dictionary<string, object> _byName = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private HashSet<IActorRef>? _ending;
    private ChildrenWait? _waitingFor;
    private long _nextName;
    private int _reserved;

    /// <summary>Whether a lifecycle step waits for children that are ending, other than the end of the actor itself.</summary>
    internal bool IsWaitingForChildren => _waitingFor is ChildrenWait.Recreation or ChildrenWait.Creation;

    internal bool IsTerminating => _waitingFor is ChildrenWait.Termination;

    internal string NextName() => ActorPathText.GeneratedName(Interlocked.Increment(ref _nextName) - 1);

    internal int Count
    {
        get
        {
            lock (_lock) return _byName.Count;
        }
    }

    /// <summary>Takes a name for a child that is being made.</summary>
    /// <exception cref="InvalidActorNameException">It is taken.</exception>
    /// <exception cref="InvalidOperationException">The actor is ending.</exception>
    internal void Reserve(string name)
    {
        lock (_lock)
        {
            if (IsTerminating) throw new InvalidOperationException("Cannot create child while terminating or terminated");
            if (!_byName.TryAdd(name, Reserved)) throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
            _reserved++;
        }
    }

    /// <summary>Gives a name back whose child could not be made; true when the end of the actor waited for just that.</summary>
    internal bool Unreserve(string name)
    {
        lock (_lock)
        {
            _byName.Remove(name);
            return --_reserved == 0 && IsTerminating && _ending is not { Count: > 0 };
        }
    }

    /// <summary>Puts a child in the place of its reserved name; true when it has to end at once, since its parent is ending.</summary>
    internal bool Add(IInternalActorRef child)
    {
        lock (_lock)
        {
            if (_byName.TryGetValue(child.Path.Name, out var known) && known == Reserved) _reserved--;
            _byName[child.Path.Name] = child;
            if (!IsTerminating) return false;
            (_ending ??= []).Add(child);
            return true;
        }
    }

    internal IInternalActorRef? Find(string name)
    {
        lock (_lock) return _byName.TryGetValue(name, out var child) ? Reference(child) : null;
    }

    internal bool Contains(IActorRef actor) => Find(actor.Path.Name) is { } child && child.Equals(actor);

    internal ChildRestartStats? Stats(IActorRef actor)
    {
        lock (_lock)
        {
            if (!_byName.TryGetValue(actor.Path.Name, out var child) || !actor.Equals(Reference(child))) return null;
            if (child is ChildRestartStats stats) return stats;
            stats = new ChildRestartStats((IInternalActorRef)child);
            _byName[actor.Path.Name] = stats;
            return stats;
        }
    }

    internal IInternalActorRef[] All()
    {
        lock (_lock)
        {
            var all = new List<IInternalActorRef>(_byName.Count);
            foreach (var child in _byName.Values)
                if (Reference(child) is { } reference)
                    all.Add(reference);
            return [.. all];
        }
    }

    /// <summary>Notes that a child was told to end.</summary>
    internal void ShallEnd(IActorRef child)
    {
        lock (_lock)
            if (_byName.TryGetValue(child.Path.Name, out var known) && child.Equals(Reference(known)))
                (_ending ??= []).Add(child);
    }

    /// <summary>
    /// Makes a step wait for the children that are ending; false when there are none. The end of the actor waits for
    /// children that another thread is making, too, and from here on no more can be made.
    /// </summary>
    internal bool WaitFor(ChildrenWait step)
    {
        lock (_lock)
        {
            var isEnd = step is ChildrenWait.Termination;
            if (_ending is not { Count: > 0 } && !(isEnd && _reserved > 0))
            {
                if (isEnd) _waitingFor = step;
                return false;
            }

            _waitingFor = step;
            return true;
        }
    }

    /// <summary>No child may be made any more.</summary>
    internal void Close()
    {
        lock (_lock) _waitingFor = new ChildrenWait.Termination();
    }

    /// <summary>Drops a child that has ended; gives the step that waited for it if it was the last.</summary>
    internal ChildrenWait? Remove(IActorRef child)
    {
        lock (_lock)
        {
            if (_byName.TryGetValue(child.Path.Name, out var known) && child.Equals(Reference(known))) _byName.Remove(child.Path.Name);
            if (_ending is null || !_ending.Remove(child) || _ending.Count > 0) return null;
            _ending = null;
            var step = _waitingFor;
            if (step is ChildrenWait.Termination && _reserved > 0) return null;
            if (step is not ChildrenWait.Termination) _waitingFor = null;
            return step;
        }
    }

    private static IInternalActorRef? Reference(object child) =>
        child as IInternalActorRef ?? (child as ChildRestartStats)?.Child;
}
