using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Engines;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Akka.Configuration;
using Akka.Pattern;

namespace ActorScheduler.Agent;

/// <summary>Makes a node run tasks.</summary>
public static class AgentRole
{
    /// <summary>Longest that an agent may take to say that it leaves.</summary>
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Reads the settings of an agent.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message names the key.</exception>
    public static void Check(Config config)
    {
        AgentSettings.From(config);
        DockerSection.From(config);
        ProcessSection.From(config, stateFolder: "");
    }

    /// <summary>
    /// Starts an agent. When it crashes it begins anew with what its checkpoint has. At the node's shutdown it says that it
    /// leaves; its containers go on where their containerizer lets them.
    /// </summary>
    /// <param name="system">The node's system.</param>
    /// <param name="options">What it is started with.</param>
    /// <param name="masters">The way to allocator and frameworks.</param>
    /// <param name="time">The clock; null for the real one.</param>
    /// <param name="name">Name of the actor: several agents may live in one system.</param>
    /// <exception cref="ArgumentException">The configuration or the resources are not valid; the message names the key.</exception>
    /// <exception cref="CheckpointException">The data folder cannot be used, or another process has it.</exception>
    public static IActorRef Start(ActorSystem system, AgentOptions options, MasterLink masters, TimeProvider? time = null, string name = "agent")
    {
        if (options.Resources.CheckAmounts("resources") is { } problem)
            throw new ArgumentException(problem.ToString(), nameof(options));
        AgentSettings settings = AgentSettings.From(system.Settings.Config);
        ICheckpoint checkpoint = options.DataFolder is { } folder ? SqliteCheckpoint.Open(Path.Combine(folder, "agent.db")) : new MemoryCheckpoint();
        Props agent = AgentActor.Props(options, settings, masters, checkpoint, time ?? TimeProvider.System);
        IActorRef actor = system.ActorOf(
            BackoffSupervisor.Props(Backoff.OnFailure(agent, "agent", settings.Executors.RestartMin, settings.Executors.RestartMax, 0.2, maxNrOfRetries: -1)), name);
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, $"{name}-leaves", async () =>
        {
            try
            {
                await actor.Ask<Left>(Leave.Instance, LeaveTimeout).ConfigureAwait(false);
            }
            catch (AskTimeoutException)
            {
                // It is gone already, or its disk stands still; the allocator will notice that it does not answer.
            }
            return Akka.Done.Instance;
        });
        system.RegisterOnTermination(() => _ = checkpoint.DisposeAsync().AsTask());
        return actor;
    }
}
