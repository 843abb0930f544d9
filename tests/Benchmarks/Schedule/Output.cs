using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ActorScheduler.Benchmarks.Schedule;

/// <summary>
/// output: MB/s of a task's output through <c>asched run</c>, from its first byte to its last, for a plain process beside a raw pipe and
/// for a container beside the raw engine. Each byte is compared: a rate with something lost is none.
/// </summary>
internal static class Output
{
    private const int Rounds = 3;
    private const int ProcessLines = 11_000_000;
    private const int ContainerLines = 3_000_000;
    private const string Address = "127.0.0.77";

    public static async Task Run(Uri engine)
    {
        string program = Environment.GetEnvironmentVariable("ACTORSCHEDULER_PROGRAM") ?? throw new InvalidOperationException("ACTORSCHEDULER_PROGRAM must name asched.dll");
        string folder = Directory.CreateTempSubdirectory("bench-output").FullName;
        using Process node = Start(
            "dotnet", program, "node", "--name", "bench", "--bind", $"{Address}:2551", "--seeds", $"{Address}:2551", "--http", $"{Address}:8080", "--data", folder,
            "--resources", "cpus:4;mem:4096");
        _ = node.StandardOutput.ReadToEndAsync();
        try
        {
            await Ready();
            List<(double Rate, double Whole)> pipe = [], process = [], raw = [], container = [];
            for (int round = 0; round < Rounds; round++)
            {
                pipe.Add(await Read(Lines(ProcessLines), "seq", Text(ProcessLines)));
                process.Add(await Read(Lines(ProcessLines), "dotnet", program, "run", "--http", $"{Address}:8080", "--cpus", "1", "--", "seq", Text(ProcessLines)));
                raw.Add(await Raw(engine));
                container.Add(await Read(Lines(ContainerLines), "dotnet", program, "run", "--http", $"{Address}:8080", "--cpus", "1", "--image", Engine.Image, "--", "seq", Text(ContainerLines)));
            }
            Print("pipe.output", pipe);
            Print("output.process", process);
            Print("engine.output", raw);
            Print("output.docker", container);
        }
        finally
        {
            node.Kill(entireProcessTree: true);
            await node.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Ready()
    {
        using var http = new HttpClient();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (int i = 0; i < 600 && await timer.WaitForNextTickAsync(); i++)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(new Uri($"http://{Address}:8080/health/ready"));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It starts.
            }
        }
        throw new InvalidOperationException("the node is not ready");
    }

    private static async Task<(double, double)> Read(string hash, string program, params string[] arguments)
    {
        long begin = Stopwatch.GetTimestamp();
        using Process process = Start(program, arguments);
        byte[] buffer = new byte[128 * 1024];
        (double, double) figures = await Read(begin, hash, () => process.StandardOutput.BaseStream.ReadAsync(buffer), buffer);
        await process.WaitForExitAsync();
        return figures;
    }

    /// <summary>As <c>docker run</c> does it.</summary>
    private static async Task<(double, double)> Raw(Uri engine)
    {
        long begin = Stopwatch.GetTimestamp();
        using var configuration = new DockerClientConfiguration(engine);
        using DockerClient client = configuration.CreateClient();
        CreateContainerResponse made = await client.Containers.CreateContainerAsync(
            new CreateContainerParameters { Image = Engine.Image, Cmd = ["seq", Text(ContainerLines)], HostConfig = new HostConfig { NetworkMode = "host" } });
        try
        {
            using MultiplexedStream stream = await client.Containers.AttachContainerAsync(
                made.ID, tty: false, new ContainerAttachParameters { Stream = true, Stdout = true, Stderr = true });
            await client.Containers.StartContainerAsync(made.ID, new ContainerStartParameters());
            byte[] buffer = new byte[128 * 1024];
            return await Read(begin, Lines(ContainerLines), async () => (await stream.ReadOutputAsync(buffer, 0, buffer.Length, default)).Count, buffer);
        }
        finally
        {
            await client.Containers.RemoveContainerAsync(made.ID, new ContainerRemoveParameters { Force = true });
        }
    }

    private static async Task<(double Rate, double Whole)> Read(long begin, string hash, Func<ValueTask<int>> read, byte[] buffer)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0, first = 0, last = 0;
        for (int count; (count = await read()) > 0; bytes += count)
        {
            last = Stopwatch.GetTimestamp();
            first = first == 0 ? last : first;
            sum.AppendData(buffer, 0, count);
        }
        if (Convert.ToHexString(sum.GetHashAndReset()) != hash)
            throw new InvalidOperationException($"{bytes} bytes have come, and they are not those that were written");
        return (bytes / 1e6 / Stopwatch.GetElapsedTime(first, last).TotalSeconds, Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }

    private static string Lines(int last)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> line = stackalloc byte[16];
        for (int i = 1; i <= last; i++)
        {
            i.TryFormat(line, out int length, default, CultureInfo.InvariantCulture);
            line[length] = (byte)'\n';
            sum.AppendData(line[..(length + 1)]);
        }
        return Convert.ToHexString(sum.GetHashAndReset());
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Print(string name, List<(double Rate, double Whole)> figures)
    {
        Console.WriteLine($"{name}.median {figures.Select(static figure => figure.Rate).Order().ElementAt(figures.Count / 2):0.0} MB/s");
        Console.WriteLine($"{name}.whole {figures.Select(static figure => figure.Whole).Order().ElementAt(figures.Count / 2):0.0} s");
    }
}
