
namespace Akka.Actor;

/// <summary>
/// A path, possibly with patterns, that is walked anew for each message: it reaches whoever lives there at that time,
/// on this node or another.
/// </summary>
public class ActorSelection : ICanTell
{
    /// <summary>A selection of nobody.</summary>
    public ActorSelection()
    {
        Anchor = ActorRefs.Nobody;
        Path = [];
    }

    public ActorSelection(IActorRef anchor, SelectionPathElement[] path)
    {
        Anchor = anchor;
        Path = path;
    }

    public ActorSelection(IActorRef anchor, string path)
        : this(anchor, path == "" ? [] : path.Split('/'))
    {
    }

    public ActorSelection(IActorRef anchor, IEnumerable<string> elements)
    {
        Anchor = anchor;
        Path = [.. elements.Where(element => element.Length > 0).Select(ToElement)];
    }

    /// <summary>Where the walk begins.</summary>
    public IActorRef Anchor { get; }

    public SelectionPathElement[] Path { get; }

    public string PathString => "/" + string.Join<SelectionPathElement>("/", Path);

    public void Tell(object message, IActorRef? sender = null)
    {
        if (message is null) throw new InvalidMessageException("Message is null");
        DeliverSelection((IInternalActorRef)Anchor, sender ?? ActorCell.GetCurrentSelfOrNoSender(), new ActorSelectionMessage(message, Path));
    }

    /// <summary>The one actor that lives at this path.</summary>
    /// <exception cref="ActorNotFoundException">Nobody answered in time.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null!), timeout, ct).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException($"Subject was null: there is no actor at {this}");
        }
        catch (Exception failure) when (failure is AskTimeoutException or TaskCanceledException)
        {
            throw new ActorNotFoundException($"There was no answer from {this} within {timeout}", failure);
        }
    }

    public override bool Equals(object? obj) =>
        obj is ActorSelection other && Equals(Anchor, other.Anchor) && Path.SequenceEqual(other.Path);

    public override int GetHashCode() => HashCode.Combine(Anchor, Path.Length);

    public override string ToString() => $"ActorSelection[Anchor({Anchor}), Path({PathString})]";

    /// <summary>Walks the steps that can be walked on this node and hands the rest on.</summary>
    internal static void DeliverSelection(IInternalActorRef anchor, IActorRef? sender, ActorSelectionMessage selection)
    {
        var current = anchor;
        var elements = selection.Elements;
        for (var i = 0; i < elements.Length; i++)
        {
            if (current is not ActorRefWithCell and not VirtualPathContainer)
            {
                // Another node, or a reference without children: it takes the rest of the way.
                current.Tell(selection.Copy(elements: elements[i..]), sender);
                return;
            }

            var rest = elements[(i + 1)..];
            switch (elements[i])
            {
                case SelectParent:
                    current = current.Parent.IsNobody() ? current : current.Parent;
                    break;
                case SelectChildName { Name: var name }:
                    var child = SingleChild(current, name);
                    if (child.IsNobody())
                    {
                        ReportNobody(current, sender, selection, elements[i..]);
                        return;
                    }

                    current = child;
                    break;
                case SelectChildRecursive:
                    DeliverToDescendants(current, sender, selection);
                    return;
                case SelectChildPattern pattern:
                    DeliverToFitting(current, sender, selection, pattern, rest);
                    return;
            }
        }

        current.Tell(selection.Message, sender);
    }

    private static void DeliverToFitting(
        IInternalActorRef parent, IActorRef? sender, ActorSelectionMessage selection, SelectChildPattern pattern, SelectionPathElement[] rest)
    {
        var fitting = ChildrenOf(parent).Where(child => pattern.Fits(child.Path.Name)).ToArray();
        if (fitting.Length == 0 && !selection.WildCardFanOut)
        {
            ReportNobody(parent, sender, selection, [pattern, .. rest]);
            return;
        }

        foreach (var child in fitting)
        {
            if (rest.Length == 0) child.Tell(selection.Message, sender);
            else DeliverSelection(child, sender, new ActorSelectionMessage(selection.Message, rest, wildCardFanOut: selection.WildCardFanOut || fitting.Length > 1));
        }
    }

    private static void DeliverToDescendants(IInternalActorRef parent, IActorRef? sender, ActorSelectionMessage selection)
    {
        foreach (var child in ChildrenOf(parent))
        {
            child.Tell(selection.Message, sender);
            DeliverToDescendants(child, sender, selection);
        }
    }

    private static IInternalActorRef SingleChild(IInternalActorRef parent, string name) =>
        parent is ActorRefWithCell withCell ? withCell.GetSingleChild(name) : (IInternalActorRef)parent.GetChild([name]);

    private static IEnumerable<IInternalActorRef> ChildrenOf(IInternalActorRef parent) => parent switch
    {
        ActorRefWithCell withCell => withCell.Children.Cast<IInternalActorRef>(),
        VirtualPathContainer container => container.Children,
        _ => [],
    };

    /// <summary>Who asks for an identity is told that there is none; any other message becomes a dead letter.</summary>
    private static void ReportNobody(IInternalActorRef last, IActorRef? sender, ActorSelectionMessage selection, SelectionPathElement[] rest)
    {
        if (selection.Message is Identify identify)
        {
            if (!selection.WildCardFanOut) sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
            return;
        }

        if (selection.WildCardFanOut) return;
        var provider = last.Provider;
        var path = last.Path / rest.Select(element => element.ToString()!);
        var recipient = new EmptyLocalActorRef(provider, path, provider.Guardian.Cell.System.EventStream);
        recipient.Tell(selection.Copy(elements: []), sender);
    }

    private static SelectionPathElement ToElement(string element) => element switch
    {
        ".." => SelectParent.Instance,
        "**" => SelectChildRecursive.Instance,
        _ when element.Contains('*', StringComparison.Ordinal) || element.Contains('?', StringComparison.Ordinal) => new SelectChildPattern(element),
        _ => new SelectChildName(element),
    };
}
