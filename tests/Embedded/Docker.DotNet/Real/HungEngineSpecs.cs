using System.Diagnostics;
using Docker.DotNet.Models;
using Docker.DotNet.Specs.Fake;

namespace Docker.DotNet.Specs.Real;

/// <summary>Stops the private engine's process for a moment; nothing else may need it meanwhile.</summary>
[CollectionDefinition(nameof(HungEngineSpecs), DisableParallelization = true)]
public sealed class HungEngineDefinition;

[Collection(nameof(HungEngineSpecs))]
public sealed class HungEngineSpecs : RealEngineSpecs
{
    [PrivateDockerFact]
    public async Task Requests_to_an_engine_that_hangs_end_in_time_and_it_is_usable_when_it_goes_on()
    {
        var id = await RunAsync(["sleep", "1000"]);
        using var client = LocalEngine.Client(TimeSpan.FromMilliseconds(400));
        await client.System.PingAsync();
        using var cancel = new CancellationTokenSource();
        var waiting = client.Containers.WaitContainerAsync(id, cancel.Token);
        var monitoring = client.System.MonitorEventsAsync(new ContainerEventsParameters(), new Heard<Message>(), cancel.Token);
        await client.System.PingAsync();

        await SignalAsync("-STOP");
        try
        {
            var clock = Stopwatch.StartNew();
            Func<Task>[] operations =
            [
                () => client.System.PingAsync(),
                () => client.Containers.InspectContainerAsync(id),
                () => client.Containers.CreateContainerAsync(
                    new CreateContainerParameters { Image = LocalEngine.Image, Labels = Labels }),
                () => client.Containers.KillContainerAsync(id, new ContainerKillParameters()),
                () => client.Containers.AttachContainerAsync(
                    id, false, new ContainerAttachParameters { Stream = true, Stdout = true }),
                () => client.Containers.ExportContainerAsync(id),
                () => client.Images.ListImagesAsync(new ImagesListParameters()),
            ];
            foreach (var failure in await Task.WhenAll(
                operations.Select(operation => Assert.ThrowsAsync<TaskCanceledException>(operation))))
                Assert.IsType<TimeoutException>(failure.InnerException);
            Assert.InRange(clock.Elapsed.TotalSeconds, 0.3, 5);

            Assert.False(waiting.IsCompleted);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting).WaitAsync(TimeSpan.FromSeconds(3));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => monitoring).WaitAsync(TimeSpan.FromSeconds(3));
        }
        finally
        {
            await SignalAsync("-CONT");
        }

        await Client.System.PingAsync();
        await Client.Containers.InspectContainerAsync(id);
    }

    private static async Task SignalAsync(string signal)
    {
        var pid = (await File.ReadAllTextAsync(Path.Combine(LocalEngine.Folder, "dockerd.pid"))).Trim();
        using var kill = Process.Start("kill", [signal, pid]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
