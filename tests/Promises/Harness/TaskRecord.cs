using System.Collections.Immutable;
using ActorScheduler.Model;

namespace ActorScheduler.Promises.Specs.Harness;

/// <summary>What a framework knows of one of its tasks.</summary>
/// <param name="Task">As it was launched.</param>
internal sealed record TaskRecord(TaskInfo Task)
{
    /// <summary>Whether the launch was answered with done; null while there is no answer.</summary>
    public bool? IsAcknowledged { get; set; }

    /// <summary>Updates with a uuid, in the order in which they came. Read while more come.</summary>
    public ImmutableList<TaskUpdate> Updates { get; private set; } = [];

    /// <summary>The terminal update, or null.</summary>
    public TaskUpdate? End => Updates.Find(static update => update.State.IsTerminal());

    /// <summary>Whether the cluster answers for it.</summary>
    public bool Counts => IsAcknowledged == true || Updates.Count > 0;

    /// <summary>Adds an update; by one thread at a time.</summary>
    public void Add(TaskUpdate update) => Updates = Updates.Add(update);

    public override string ToString() =>
        $"{Task.Id} ({(IsAcknowledged is { } answer ? answer ? "acknowledged" : "refused" : "not answered")}): "
        + string.Join(", ", Updates.Select(static update => $"{update.State} {update.Source} {update.Reason} {update.AgentId}"));
}
