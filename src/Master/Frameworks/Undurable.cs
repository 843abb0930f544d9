using ActorScheduler.Model;

namespace ActorScheduler.Master.Frameworks;

/// <summary>
/// What is in the book and not known to be in the journal. Nobody is told of it, for it may never get there: the actor may be one that was
/// replaced while its process stood still, and whoever it tells would hear of what the cluster does not know.
/// </summary>
internal sealed class Undurable
{
    private readonly HashSet<Guid> _updates = [];
    private readonly Dictionary<long, int> _uses = [];

    /// <summary>Whether the framework's removal is on its way to the journal.</summary>
    public bool HasRemoval { get; private set; }

    /// <summary>A fact was entered in the book.</summary>
    public void Enter(FrameworkEvent fact)
    {
        foreach (TaskUpdate status in StatusesOf(fact))
        {
            if (status.Uuid is { } uuid)
                _updates.Add(uuid);
        }
        if (UseOf(fact) is { } use)
            _uses[use] = _uses.GetValueOrDefault(use) + 1;
        if (fact is FrameworkRemoved)
            HasRemoval = true;
    }

    /// <summary>A fact is in the journal.</summary>
    public void Leave(FrameworkEvent fact)
    {
        foreach (TaskUpdate status in StatusesOf(fact))
        {
            if (status.Uuid is { } uuid)
                _updates.Remove(uuid);
        }
        if (UseOf(fact) is { } use && --_uses[use] == 0)
            _uses.Remove(use);
        if (fact is FrameworkRemoved)
            HasRemoval = false;
    }

    /// <summary>Whether a state is not known to be in the journal.</summary>
    public bool Has(TaskUpdate update) => update.Uuid is { } uuid && _updates.Contains(uuid);

    /// <summary>Whether a use of offers, or what the allocator granted of it, is not known to be in the journal.</summary>
    public bool HasUse(long number) => _uses.ContainsKey(number);

    private static IReadOnlyList<TaskUpdate> StatusesOf(FrameworkEvent fact) => fact switch
    {
        StatusesChanged changed => changed.Statuses,
        UseGranted granted => granted.Statuses,
        UseVoided voided => voided.Statuses,
        TaskAdopted adopted => [adopted.Status],
        _ => [],
    };

    private static long? UseOf(FrameworkEvent fact) => fact switch
    {
        OffersAccepted accepted => accepted.Number,
        UseGranted granted => granted.Number,
        _ => null,
    };
}
