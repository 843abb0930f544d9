using ActorScheduler.Agent.Health;
using ActorScheduler.Containers;
using ActorScheduler.Model;

namespace ActorScheduler.Agent.Specs.Health;

/// <summary>Checks of containers that have a network of their own, here one without any address.</summary>
public sealed class NetworkCheckSpecs : RealDockerSpecs
{
    private const string Serve = "nc -ll -p 80 -e echo hello & nc -ll -p 81 -e printf 'HTTP/1.0 202 Fine\\r\\n\\r\\n' & wait";

    [DockerFact]
    public async Task Connections_and_requests_are_made_in_the_containers_network_on_its_loopback()
    {
        Prober prober = await Start(Serve);

        await Until("it listens", async () => (await prober.Look(new HealthProbe.Tcp(80), Soon)).IsWell);
        await Until("it answers", async () => (await prober.Look(new HealthProbe.Http(81, "/"), Soon)).Check.StatusCode == 202);
        ProbeResult refused = await prober.Look(new HealthProbe.Tcp(82), Soon);
        Assert.Equal((false, new CheckStatus(CheckKind.Tcp, Succeeded: false)), (refused.IsWell, refused.Check));
    }

    [DockerFact]
    public async Task A_process_that_is_another_containers_by_now_is_not_taken_for_it()
    {
        ContainerOrder order = Order(Serve, static task => task with { Container = task.Container! with { Network = ContainerNetwork.None } });
        ContainerStatus status = await Docker.Start(order, Soon);
        var prober = new Prober(Docker, order.RunId, order.Task, status with { ProcessId = Environment.ProcessId });

        Assert.StartsWith("the container's network cannot be entered", (await prober.Look(new HealthProbe.Tcp(80), Soon)).Problem, StringComparison.Ordinal);
    }

    [DockerFact]
    public async Task A_command_without_a_shell_is_run_with_all_its_arguments()
    {
        Prober prober = await Start("sleep 1000");

        Assert.True((await prober.Look(new HealthProbe.Command(new CommandInfo("test", ["-d", "/bin"], Shell: false)), Soon)).IsWell);
        Assert.False((await prober.Look(new HealthProbe.Command(new CommandInfo("test", ["-d", "/nowhere"], Shell: false)), Soon)).IsWell);
    }

    private async Task<Prober> Start(string script)
    {
        ContainerOrder order = Order(script, static task => task with { Container = task.Container! with { Network = ContainerNetwork.None } });
        return new Prober(Docker, order.RunId, order.Task, await Docker.Start(order, Soon));
    }
}
