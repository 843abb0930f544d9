using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Makes the <see cref="CoordinatedShutdown" /> of a system and ties it to the ends of system and process.</summary>
public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    internal static readonly CoordinatedShutdownExtension Instance = new();

    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system)
    {
        var section = system.Settings.Config.GetConfig("akka.coordinated-shutdown") ?? Config.Empty;
        var shutdown = new CoordinatedShutdown(system, ShutdownPhases.FromConfig(section));
        new ShutdownEnds(shutdown, section).Tie();
        return shutdown;
    }

    /// <summary>The last phase, and what happens when the process ends.</summary>
    private sealed class ShutdownEnds(CoordinatedShutdown shutdown, Config section)
    {
        private volatile bool _processEnds;

        public void Tie()
        {
            shutdown.AddTask(CoordinatedShutdown.PhaseActorSystemTerminate, "terminate-system", TerminateSystem);
            if (!section.GetBoolean("run-by-clr-shutdown-hook"))
            {
                return;
            }

            EventHandler onExit = (_, _) => OnProcessExit();
            AppDomain.CurrentDomain.ProcessExit += onExit;

            // A process may live through many systems; it must not keep them all for its end.
            shutdown.System.RegisterOnTermination(() => AppDomain.CurrentDomain.ProcessExit -= onExit);
        }

        private async Task<Done> TerminateSystem()
        {
            // A reason may have settings of its own, for instance to leave the process running after a cluster leave.
            var name = shutdown.ShutdownReason.GetType();
            var overrides = section.GetConfig($"reason-overrides.\"{name.TypeQualifiedName()}\"") ?? section.GetConfig($"reason-overrides.\"{name.FullName}\"");
            var settings = overrides is null ? section : overrides.WithFallback(section);
            var exits = settings.GetBoolean("exit-clr");
            if (settings.GetBoolean("terminate-actor-system"))
            {
                var timeout = shutdown.Timeout(CoordinatedShutdown.PhaseActorSystemTerminate);
                ((Internal.ActorSystemImpl)shutdown.System).FinalTerminate();
                var ended = shutdown.System.WhenTerminated;
                if (exits)
                {
                    // Whoever asked for the process to exit wants that even if an actor refuses to end.
                    await Task.WhenAny(ended, ended.WaitAsync(timeout));
                }
                else
                {
                    await ended;
                }
            }

            if (exits && !_processEnds)
            {
                _processEnds = true;
                new Thread(static () => Environment.Exit(0)) { IsBackground = true, Name = "akka-exit" }.Start();
            }

            return Done.Instance;
        }

        private void OnProcessExit()
        {
            if (_processEnds)
            {
                return;
            }

            _processEnds = true;
            var run = shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance);

            // The runtime ends the process when this returns, so this thread has to stay until the phases are through.
            ((IAsyncResult)run).AsyncWaitHandle.WaitOne(shutdown.TotalTimeout);
        }
    }
}
