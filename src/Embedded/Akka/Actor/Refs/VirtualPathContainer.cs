using System.Collections.Concurrent;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A path below which references without cells are found by name, such as the temporary actors of Asks.</summary>
internal sealed class VirtualPathContainer(IActorRefProvider provider, ActorPath path, IInternalActorRef parent) : MinimalActorRef
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _children = new(StringComparer.Ordinal);

    public override ActorPath Path => path;

    public override IActorRefProvider Provider => provider;

    public override IInternalActorRef Parent => parent;

    internal bool HasChildren => !_children.IsEmpty;

    internal int Count => _children.Count;

    internal IEnumerable<IInternalActorRef> Children => _children.Values;

    internal void AddChild(string name, IInternalActorRef actor) => _children[name] = actor;

    internal void RemoveChild(string name) => _children.TryRemove(name, out _);

    internal bool TryGetChild(string name, out IInternalActorRef child) => _children.TryGetValue(name, out child!);

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        if (name.Count == 0) return this;
        if (name[0].Length == 0) return GetChild([.. name.Skip(1)]);
        if (!_children.TryGetValue(name[0], out var child)) return Nobody.Instance;
        return name.Count == 1 ? child : child.GetChild([.. name.Skip(1)]);
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        // Nobody is here to take messages; a selection passes through to a child by name.
        if (message is ActorSelectionMessage selection) ActorSelection.DeliverSelection(this, sender, selection);
        else provider.Guardian.Cell.System.EventStream.Publish(new DeadLetter(message, sender ?? provider.DeadLetters, this));
    }
}
