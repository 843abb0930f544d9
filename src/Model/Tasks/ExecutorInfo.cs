namespace ActorScheduler.Model;

/// <summary>What runs tasks on an agent: several tasks of one framework may share one.</summary>
/// <param name="Id">Unique within the framework on one agent.</param>
/// <param name="Resources">What it takes beside its tasks.</param>
/// <param name="Kind">The agent's own, or a program of the framework.</param>
/// <param name="Command">How to start it, for a program of the framework; else null.</param>
/// <param name="Container">In what it runs, shared by its tasks; null for a plain process.</param>
/// <param name="Name">For people.</param>
/// <param name="ShutdownGracePeriod">Time it has to end; null for the agent's default.</param>
public sealed record ExecutorInfo(
    ExecutorId Id, Resources Resources, ExecutorKind Kind = ExecutorKind.Default, CommandInfo? Command = null,
    ContainerInfo? Container = null, string Name = "", TimeSpan? ShutdownGracePeriod = null);
