using System.Diagnostics;
using System.Reflection;
using Akka.Actor;

namespace ActorScheduler.Benchmarks.Engine;

/// <summary>Messages between two processes on loopback: the other one is this program, started with <c>serve</c>.</summary>
internal static class RemoteMessages
{
    private const string Config = """
        akka { loglevel = WARNING, actor.provider = remote, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }
        """;

    private const int InFlight = 50;

    internal static async Task PingPong(int rounds)
    {
        await using var other = await OtherProcess.Start();
        using var system = ActorSystem.Create("bench", Config);
        foreach (var pairs in (int[])[1, 10, 30])
            await Report.Rates($"remote-pingpong-{pairs}", "msg/s", rounds, () => Round(system, other.Address, pairs, 200_000));
        await Asks(system, other.Address);
    }

    /// <summary>The other process: echoes until its input ends.</summary>
    internal static async Task Serve()
    {
        using var system = ActorSystem.Create("other", Config);
        for (var i = 0; i < 30; i++) system.ActorOf(Props.Create(() => new Echo()), $"echo-{i}");
        Console.WriteLine(((ExtendedActorSystem)system).Provider.DefaultAddress);
        await Console.In.ReadToEndAsync();
        await system.Terminate();
    }

    private static async Task<double> Round(ActorSystem system, string address, int pairs, int messages)
    {
        var ends = new Task[pairs];
        var pings = new IActorRef[pairs];
        for (var i = 0; i < pairs; i++)
        {
            var echo = await system.ActorSelection($"{address}/user/echo-{i}").ResolveOne(TimeSpan.FromSeconds(5));
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ends[i] = done.Task;
            pings[i] = system.ActorOf(Props.Create(() => new Ping(echo, messages / pairs, done)));
        }

        var startedAt = Stopwatch.GetTimestamp();
        foreach (var ping in pings) ping.Tell("start");
        await Task.WhenAll(ends);
        // Both directions count.
        return Report.PerSecond(messages / pairs * pairs * 2L, startedAt);
    }

    private static async Task Asks(ActorSystem system, string address)
    {
        var echo = await system.ActorSelection($"{address}/user/echo-0").ResolveOne(TimeSpan.FromSeconds(5));
        var times = new List<double>();
        for (var i = 0; i < 6000; i++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            await echo.Ask<string>("hit", TimeSpan.FromSeconds(5));
            if (i >= 1000) times.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
        }

        times.Sort();
        Report.Print("remote-ask.p50", times[times.Count / 2], "ms");
        Report.Print("remote-ask.p99", times[times.Count * 99 / 100], "ms");
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }

    private sealed class Ping(IActorRef echo, int trips, TaskCompletionSource done) : UntypedActor
    {
        private int _sent;
        private int _received;

        protected override void OnReceive(object message)
        {
            if (message is "start")
            {
                for (var i = 0; i < InFlight && _sent < trips; i++) Send();
                return;
            }

            if (++_received == trips)
            {
                done.SetResult();
                Context.Stop(Self);
            }
            else if (_sent < trips)
            {
                Send();
            }
        }

        private void Send()
        {
            _sent++;
            echo.Tell("hit", Self);
        }
    }

    private sealed class OtherProcess(Process process, string address) : IAsyncDisposable
    {
        internal string Address { get; } = address;

        internal static async Task<OtherProcess> Start()
        {
            var program = Assembly.GetExecutingAssembly().Location;
            var process = Process.Start(new ProcessStartInfo("dotnet", [program, "serve"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The other process did not start");
            return new OtherProcess(process, address);
        }

        public async ValueTask DisposeAsync()
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
