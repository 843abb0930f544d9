using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Book;

/// <summary>One acceptance while its operations are performed: a pool that shrinks, and what came of each operation.</summary>
internal sealed class Acceptance(AgentEntry agent, Subscription? subscription, Resources pool, IReadOnlyList<OfferEntry> offers)
{
    public Resources Pool = pool;
    public Resources Total = agent.Total;
    public Resources Used = Resources.Empty;
    public readonly List<TaskSketch> Launched = [];
    public readonly List<(TaskSketch Task, Problem Problem)> RefusedTasks = [];
    public readonly List<(Operation Operation, Conversion Conversion)> Applied = [];
    public readonly List<(Operation Operation, Problem Problem)> RefusedOperations = [];

    public void Perform(Operation operation)
    {
        switch (operation)
        {
            case Operation.Launch launch:
                foreach (TaskSketch task in launch.Tasks)
                {
                    if (TryLaunch(task) is { } problem)
                        RefusedTasks.Add((task, problem));
                }
                break;
            case Operation.LaunchGroup group:
                LaunchGroup(group);
                break;
            default:
                Convert(operation);
                break;
        }
    }

    /// <summary>Says why a conversion cannot be applied here, or null.</summary>
    public Problem? Check(Operation operation, Conversion conversion)
    {
        if (!Pool.Contains(conversion.Consumed))
            return new Problem("resources", $"{conversion.Consumed} is not all there: {Pool}");
        if (!Total.Contains(conversion.Consumed))
            return new Problem("resources", $"the agent no longer has {conversion.Consumed}");
        if (operation is Operation.Create)
        {
            foreach (Resource volume in conversion.Converted.Objects())
            {
                foreach (Resource other in Total.PersistentVolumes().Objects())
                {
                    if (other.Key.Role == volume.Key.Role && other.Key.Disk!.Persistence!.Id == volume.Key.Disk!.Persistence!.Id)
                        return new Problem("create.volumes", $"role '{volume.Key.Role}' has a volume '{other.Key.Disk.Persistence.Id}' on the agent already");
                }
            }
        }
        if (operation is Operation.Destroy && conversion.Consumed.HasShared)
        {
            bool isUsed = agent.Holdings.Any(holding => !Disjoint(holding.Resources, conversion.Consumed))
                || agent.Offers.Any(offer => !offers.Contains(offer) && !Disjoint(offer.Resources, conversion.Consumed))
                || !Disjoint(Used, conversion.Consumed);
            if (isUsed)
                return new Problem("destroy.volumes", "a shared volume is still in use or in another open offer");
        }
        return null;
    }

    private void Convert(Operation operation)
    {
        if (!Conversions.Of(operation, subscription!.Role.Name).TryGet(out Conversion? conversion, out Problem? problem))
        {
            RefusedOperations.Add((operation, problem));
            return;
        }
        if (Check(operation, conversion) is { } refused)
        {
            RefusedOperations.Add((operation, refused));
            return;
        }
        Pool = Pool.Subtract(conversion.Consumed).Add(conversion.Converted);
        Total = Total.Subtract(conversion.Consumed).Add(conversion.Converted);
        Applied.Add((operation, conversion));
    }

    private void LaunchGroup(Operation.LaunchGroup group)
    {
        Resources all = Resources.Empty;
        Problem? problem = group.Tasks.Count == 0 ? new Problem("launch_group.tasks", "must not be empty")
            : group.ExecutorResources?.CheckAmounts("launch_group.executor.resources") is { } badExecutor ? badExecutor
            : group.Tasks.Select(task => task.Id).Distinct().Count() != group.Tasks.Count ? new Problem("launch_group.tasks", "must not repeat a task_id")
            : group.Tasks.Select(CheckTask).FirstOrDefault(found => found is not null)
                ?? (Pool.Contains(all = Sum(group)) ? null : new Problem("resources", $"the group uses {all}, more than is left of the offer: {Pool}"));
        if (problem is not null)
        {
            foreach (TaskSketch task in group.Tasks)
                RefusedTasks.Add((task, problem));
            return;
        }
        Take(all);
        // A group's tasks share its executor, whose resources are freed with it and not with any one task.
        Launched.AddRange(group.Tasks.Select(task => task with { ExecutorId = task.ExecutorId ?? new ExecutorId("group"), ExecutorResources = null }));
    }

    private static Resources Sum(Operation.LaunchGroup group) =>
        group.Tasks.Aggregate(group.ExecutorResources ?? Resources.Empty, (sum, task) => sum.Add(task.Resources));

    private Problem? TryLaunch(TaskSketch task)
    {
        if (CheckTask(task) is { } problem)
            return problem;
        if (!Pool.Contains(task.Total))
            return new Problem("resources", $"the task uses {task.Total}, more than is left of the offer: {Pool}");
        Take(task.Total);
        Launched.Add(task);
        return null;
    }

    private Problem? CheckTask(TaskSketch task)
    {
        if (IdRules.Check("task_id", task.Id.Value) is { } badId)
            return badId;
        if (task.Resources.IsEmpty)
            return new Problem("resources", "a task must use some resources");
        if ((task.Resources.CheckAmounts("resources") ?? task.ExecutorResources?.CheckAmounts("executor.resources")) is { } badAmount)
            return badAmount;
        // A framework sees in each offer what the agent runs; one that does not look is told before anything is sent there.
        if (agent.Info.Kinds != ContainerKinds.None && task.Kind != ContainerKinds.None && (agent.Info.Kinds & task.Kind) == 0)
            return new Problem(AcceptOutcome.ContainerField, task.Kind == ContainerKinds.Image ? "the agent runs no images, only plain processes" : "the agent runs images, and no plain processes");
        if (Launched.Exists(other => other.Id == task.Id) || agent.HoldingOf(subscription!)?.Tasks?.ContainsKey(task.Id) == true)
            return new Problem("task_id", $"'{task.Id}' is in use already");
        return null;
    }

    private void Take(Resources resources)
    {
        // A shared volume stays in the pool: the next task may use it too.
        Pool = Pool.Subtract(resources.NonShared());
        Used = Used.Add(resources);
    }

    private static bool Disjoint(Resources left, Resources right) =>
        right.Shared().Objects().All(resource => left[resource.Key].Number == 0);
}
