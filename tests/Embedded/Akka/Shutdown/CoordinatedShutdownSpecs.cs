using Akka.Actor;
using Akka.Configuration;

namespace Akka.Specs.Shutdown;

public class CoordinatedShutdownSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static ActorSystem System(string hocon) => ActorSystem.Create("shutdown-specs", ConfigurationFactory.ParseString(
        "akka.loglevel = OFF, akka.stdout-loglevel = OFF\nakka.coordinated-shutdown { run-by-clr-shutdown-hook = off, terminate-actor-system = off, run-by-actor-system-terminate = off }\n" + hocon));

    private const string Abc = """
        akka.coordinated-shutdown.phases {
          a = {}
          b { depends-on = [a], timeout = 100ms }
          c { depends-on = [b] }
        }
        """;

    [Fact]
    public async Task Phases_run_in_the_order_of_their_dependencies_and_only_once()
    {
        using var system = System(Abc);
        var order = new List<string>();
        var shutdown = CoordinatedShutdown.Get(system);
        foreach (var phase in new[] { "c", "a", "b" })
        {
            shutdown.AddTask(phase, "task", () =>
            {
                order.Add(phase);
                return Task.FromResult(Done.Instance);
            });
        }

        Assert.Null(shutdown.ShutdownReason);
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Patience);

        Assert.Equal(["a", "b", "c"], order);
        Assert.Same(CoordinatedShutdown.UnknownReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task It_can_begin_at_a_later_phase()
    {
        using var system = System(Abc);
        var order = new List<string>();
        var shutdown = CoordinatedShutdown.Get(system);
        foreach (var phase in new[] { "a", "b", "c" })
        {
            shutdown.AddTask(phase, "task", () =>
            {
                order.Add(phase);
                return Task.FromResult(Done.Instance);
            });
        }

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance, "b").WaitAsync(Patience);

        Assert.Equal(["b", "c"], order);
    }

    [Fact]
    public async Task A_task_that_fails_or_hangs_does_not_keep_the_next_phase_from_running()
    {
        using var system = System(Abc);
        var reached = false;
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask("a", "throws", () => throw new InvalidOperationException("expected"));
        shutdown.AddTask("a", "fails", () => Task.FromException<Done>(new InvalidOperationException("expected")));
        shutdown.AddTask("b", "hangs", () => new TaskCompletionSource<Done>().Task);
        shutdown.AddTask("c", "reached", () =>
        {
            reached = true;
            return Task.FromResult(Done.Instance);
        });

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);

        Assert.True(reached);
    }

    [Theory]
    [InlineData("a", typeof(InvalidOperationException))]
    [InlineData("b", typeof(TimeoutException))]
    public async Task Without_recovery_it_ends_there(string phase, Type expected)
    {
        using var system = System(Abc + "\nakka.coordinated-shutdown.phases { a.recover = off, b.recover = off }");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(phase, "bad", () => phase == "a" ? throw new InvalidOperationException() : new TaskCompletionSource<Done>().Task);
        shutdown.AddTask("c", "never", () => throw new InvalidOperationException("must not run"));

        var error = await Assert.ThrowsAnyAsync<Exception>(() => shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience));

        Assert.IsType(expected, error);
    }

    [Fact]
    public async Task A_disabled_phase_is_left_out()
    {
        using var system = System(Abc + "\nakka.coordinated-shutdown.phases.b.enabled = off");
        var shutdown = CoordinatedShutdown.Get(system);
        var ran = false;
        shutdown.AddTask("b", "task", () =>
        {
            ran = true;
            return Task.FromResult(Done.Instance);
        });

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);

        Assert.False(ran);
    }

    [Fact]
    public void Phases_that_depend_on_each_other_are_an_error_that_names_them()
    {
        var error = Assert.ThrowsAny<Exception>(() => System("akka.coordinated-shutdown.phases { a.depends-on = [b], b.depends-on = [a] }"));

        Assert.Contains("a depends on b depends on a", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_phases_are_refused_and_time_limits_are_known()
    {
        using var system = System(Abc);
        var shutdown = CoordinatedShutdown.Get(system);

        var error = Assert.Throws<ArgumentException>(() => shutdown.AddTask("x", "task", () => Task.FromResult(Done.Instance)));
        Assert.Contains("known phases", error.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMilliseconds(100), shutdown.Timeout("b"));
        Assert.Equal(TimeSpan.FromSeconds(5), shutdown.Timeout("c"));
        var before = shutdown.TotalTimeout;
        shutdown.AddTask("c", "task", () => Task.FromResult(Done.Instance));
        Assert.Equal(before + TimeSpan.FromSeconds(5), shutdown.TotalTimeout);
    }

    [Fact]
    public async Task Terminating_the_system_runs_the_phases_and_running_them_terminates_it()
    {
        const string usual = "akka.coordinated-shutdown { terminate-actor-system = on, run-by-actor-system-terminate = on }";
        var first = System(usual);
        var ran = false;
        CoordinatedShutdown.Get(first).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "task", () =>
        {
            ran = true;
            return Task.FromResult(Done.Instance);
        });
        await first.Terminate().WaitAsync(Patience);
        Assert.True(ran);
        Assert.IsType<CoordinatedShutdown.ActorSystemTerminateReason>(CoordinatedShutdown.Get(first).ShutdownReason);

        var second = System(usual);
        await CoordinatedShutdown.Get(second).Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);
        await second.WhenTerminated.WaitAsync(Patience);
    }
}
