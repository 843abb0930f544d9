using ActorScheduler.Cli.Runs;
using ActorScheduler.Model;

namespace ActorScheduler.Cli.Specs.Runs;

/// <summary>What a run asks for, and what it ends with.</summary>
public sealed class RunSpecs
{
    private static readonly RunRequest Plain = new()
    {
        Name = "x", Role = "*", Size = Resources.Of(1, 64), Ports = [], Image = null, Volumes = [], Environment = new Dictionary<string, string>(), Labels = Labels.Empty,
        Arguments = ["sh", "-c", "true"], IsShell = false, User = null, Grace = null, Timeout = null, IsDetached = false,
    };

    [Theory]
    [InlineData(TaskState.Finished, 0, false, null, 0)]
    [InlineData(TaskState.Failed, 7, false, null, 7)]
    [InlineData(TaskState.Failed, 137, false, null, 137)]
    [InlineData(TaskState.Failed, null, false, null, 125)]
    [InlineData(TaskState.Error, null, false, null, 125)]
    [InlineData(TaskState.Dropped, null, false, null, 125)]
    [InlineData(TaskState.Gone, null, false, null, 123)]
    [InlineData(TaskState.GoneByOperator, null, false, null, 123)]
    [InlineData(TaskState.Killed, 143, false, 2, 143)]
    [InlineData(TaskState.Killed, null, false, 2, 130)]
    [InlineData(TaskState.Killed, null, false, null, 137)]
    [InlineData(TaskState.Killed, 137, true, null, 124)]
    [InlineData(TaskState.Finished, 0, true, null, 0)]
    public void The_exit_code_is_the_commands_own_or_says_why_there_is_none(TaskState state, int? code, bool isTimedOut, int? signal, int expected) =>
        Assert.Equal(expected, RunOutcome.Of(new TaskUpdate(new TaskId("t"), state, TaskSource.Executor, ExitCode: code), isTimedOut, signal));

    [Fact]
    public void Ports_come_from_the_offer_and_stand_in_the_environment()
    {
        TaskInfo task = (Plain with { Ports = [new PortWish("http", null), new PortWish("8080", 8080)], Image = "img" }).On(OfferOf(31005, 31006), new TaskId("t"));

        Assert.Equal("[31005-31006]", task.Resources.PlainPorts.ToString());
        Assert.Equal(
            ["PORT0=31005", "PORT1=31006", "PORT=31005", "PORTS=31005,31006", "PORT_8080=31006", "PORT_HTTP=31005"],
            task.Command!.Environment!.Select(static pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(ContainerNetwork.Bridge, task.Container!.Network);
        Assert.Equal([new PortMapping(31005, 31005), new PortMapping(31006, 8080)], task.Container.PortMappings!);
        Assert.Null(TaskRules.Check(task));
    }

    [Fact]
    public void Names_of_ports_alone_leave_a_container_on_the_hosts_network()
    {
        TaskInfo task = (Plain with { Ports = [new PortWish("http", null)], Image = "img" }).On(OfferOf(31000, 31009), new TaskId("t"));

        Assert.Equal(ContainerNetwork.Host, task.Container!.Network);
        Assert.Null(task.Container.PortMappings);
    }

    [Fact]
    public void A_plain_process_gets_its_name_as_first_argument_and_an_images_entry_point_does_not()
    {
        Assert.Equal(["sh", "-c", "true"], Plain.On(OfferOf(1, 1), new TaskId("t")).Command!.Arguments!);
        Assert.Equal(["-c", "true"], (Plain with { Image = "img" }).On(OfferOf(1, 1), new TaskId("t")).Command!.Arguments!);
        Assert.True((Plain with { IsShell = true, Arguments = ["a | b"] }).On(OfferOf(1, 1), new TaskId("t")).Command!.Shell);
    }

    [Fact]
    public void An_offer_without_enough_of_something_does_not_fit()
    {
        Assert.True(Plain.Fits(Resources.Of(1, 64)));
        Assert.False(Plain.Fits(Resources.Of(0.9, 64)));
        Assert.False((Plain with { Ports = [new PortWish("a", null)] }).Fits(Resources.Of(1, 64)));
    }

    [Fact]
    public void What_is_reserved_for_the_role_is_used_first_and_the_rest_comes_from_what_nobody_has_reserved()
    {
        Resources reserved = Resources.Of(0.6, 64, ports: ValueRanges.Of(32000, 32000)).PushReservation(Reservation.Static("eng"));
        Resources offered = Resources.Of(4, 1024, ports: ValueRanges.Of(31000, 31009)).Add(reserved);

        TaskInfo task = (Plain with { Ports = [new PortWish("a", null), new PortWish("b", null)] })
            .On(OfferOf(1, 1) with { Resources = offered }, new TaskId("t"));

        Assert.Equal(reserved.Add(Resources.Of(cpus: 0.4, ports: ValueRanges.Of(31000, 31000))), task.Resources);
        Assert.True(offered.Contains(task.Resources));
        Assert.Equal("31000,32000", task.Command!.Environment!["PORTS"]);
        Assert.Null(TaskRules.Check(task));
    }

    [Fact]
    public void What_is_reserved_alone_is_enough_and_volumes_and_revocable_resources_are_left_alone()
    {
        Resources reserved = Resources.Of(1, 64).PushReservation(Reservation.Static("eng"));
        Resources volume = Resources.From(Resource.PersistentVolume(1000, "v", [Reservation.Static("eng")]));

        Assert.True(Plain.Fits(reserved));
        Assert.True((Plain with { Size = Resources.Of(1, 64, 10) }).Fits(reserved.Add(Resources.Of(disk: 10))));
        Assert.False((Plain with { Size = Resources.Of(1, 64, 10) }).Fits(reserved.Add(volume)));
    }

    [Theory]
    [InlineData(ContainerKinds.None, null, null)]
    [InlineData(ContainerKinds.Process, "host runs no images now", null)]
    [InlineData(ContainerKinds.Image, null, "host runs no plain processes now")]
    [InlineData(ContainerKinds.Process | ContainerKinds.Image, null, null)]
    public void An_agent_that_does_not_run_its_kind_of_container_is_passed_over(ContainerKinds runs, string? image, string? process)
    {
        AgentInfo agent = OfferOf(1, 1).Agent with { Kinds = runs };

        Assert.Equal(image, (Plain with { Image = "img" }).WhyNotOn(agent));
        Assert.Equal(process, Plain.WhyNotOn(agent));
    }

    private static Offer OfferOf(ulong firstPort, ulong lastPort) => new(
        new OfferId("o"), new FrameworkId("f"), "*", new AgentInfo(new AgentId("a"), "host"), Resources.Of(4, 1024, ports: ValueRanges.Of(firstPort, lastPort)));
}
