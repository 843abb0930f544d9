using ActorScheduler.Containers.Docker;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Specs.Docker;

public sealed class EndReadingSpecs
{
    private static readonly DateTimeOffset HostStarted = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_container_that_a_restart_of_the_host_ended_has_no_exit_code()
    {
        ContainerEnd end = ContainerReadings.End(Container(255, startedHour: 11, finishedHour: 13), false, HostStarted);

        Assert.Equal((null, "The host was restarted while it ran; its exit code is not known"), (end.ExitCode, end.Message));
    }

    [Theory]
    [InlineData(255, 12.5, 13)] // Started and ended since.
    [InlineData(255, 10, 11)] // Ended before.
    [InlineData(137, 11, 13)] // The engine was there to see it.
    public void Others_have_the_one_that_the_engine_tells(int code, double startedHour, double finishedHour) =>
        Assert.Equal(code, ContainerReadings.End(Container(code, startedHour, finishedHour), false, HostStarted).ExitCode);

    [Fact]
    public void On_another_host_nobody_knows() => Assert.Equal(255, ContainerReadings.End(Container(255, 11, 13), false, null).ExitCode);

    private static ContainerInspectResponse Container(int code, double startedHour, double finishedHour) => new()
    {
        State = new global::Docker.DotNet.Models.ContainerState { ExitCode = code, StartedAt = Text(startedHour), FinishedAt = Text(finishedHour) },
    };

    private static string Text(double hour) => $"{HostStarted.Date.AddHours(hour):yyyy-MM-ddTHH:mm:ss.fff}000000Z";
}
