using ActorScheduler.Agent.Sandboxes;
using ActorScheduler.Containers;
using ActorScheduler.Model;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Agent;

/// <content>Sandboxes and persistent volumes, for those that have files.</content>
internal sealed partial class AgentActor
{
    private void ReceiveSandboxes()
    {
        Receive<SandboxCollectorActor.WhichEnded>(listed =>
        {
            HashSet<string> known = [.. _book.Live.Select(static task => task.RunId), .. _aside.Keys];
            Sender.Tell(new SandboxCollectorActor.RunsEnded([.. listed.Runs.Where(run => !known.Contains(run))]));
        });
        Receive<SandboxCollectorActor.Collected>(static _ => { });
    }

    private void CollectSandboxes()
    {
        if (_sandboxes is { } sandboxes)
            Context.ActorOf(SandboxCollectorActor.Props(sandboxes, _settings.Sandboxes.GcInterval), "sandboxes");
    }

    private static string? Place(SandboxStore sandboxes, ref ContainerOrder order)
    {
        try
        {
            order = sandboxes.Place(order);
            return null;
        }
        catch (SandboxException e)
        {
            return e.Message;
        }
    }

    private void EndSandbox(string runId)
    {
        if (_sandboxes is { } sandboxes)
            _ = Task.Run(() => sandboxes.Ended(runId));
    }

    /// <summary>Called in the order of the changes, once they are durable: what is made anew afterwards is empty.</summary>
    private void DestroyVolumes(IEnumerable<(Resources Consumed, Resources Converted)> conversions)
    {
        if (_sandboxes is not { } sandboxes)
            return;
        IReadOnlyCollection<ResourceKey> destroyed = sandboxes.Folders.DestroyedBy(conversions);
        if (destroyed.Count > 0)
            Report(sandboxes.Volumes.Destroy(destroyed), $"destroyed volumes {string.Join(", ", destroyed.Select(static volume => volume.Disk!.Persistence!.Id))}");
    }

    private void SweepVolumes()
    {
        if (_sandboxes is { } sandboxes)
            Report(sandboxes.Volumes.Sweep(_book.Identity.Total), "volumes that were destroyed");
    }

    private void Report(Task deletion, string what)
    {
        ILoggingAdapter log = _log;
        AgentId id = Id;
        deletion.ContinueWith(
            failed => log.Error(failed.Exception, "Agent {AgentId} could not delete {What}; it retries at its next start", id, what),
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }
}
