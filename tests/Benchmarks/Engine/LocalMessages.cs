using System.Diagnostics;
using Akka.Actor;

namespace ActorScheduler.Benchmarks.Engine;

/// <summary>Messages inside one system.</summary>
internal static class LocalMessages
{
    private const int MessagesPerPair = 4_000_000;
    private const int InFlight = 30;

    /// <summary>Two pairs, then one, of actors that send each other messages back and forth, 30 in flight a pair, default dispatcher.</summary>
    internal static async Task PingPong(int rounds)
    {
        using var system = ActorSystem.Create("bench", "akka.loglevel = WARNING");
        await Report.Rates("local-pingpong", "msg/s", rounds, () => Round(system, pairs: 2));
        await Report.Rates("local-pingpong-1", "msg/s", rounds, () => Round(system, pairs: 1));
    }

    internal static async Task SequentialAsk(int rounds)
    {
        const int Asks = 300_000;
        using var system = ActorSystem.Create("bench", "akka.loglevel = WARNING");
        var echo = system.ActorOf(Props.Create(() => new Echo()));
        await Report.Rates("local-ask", "asks/s", rounds, async () =>
        {
            var startedAt = Stopwatch.GetTimestamp();
            for (var i = 0; i < Asks; i++) await echo.Ask<object>(Message.Instance);
            return Report.PerSecond(Asks, startedAt);
        });
    }

    private static async Task<double> Round(ActorSystem system, int pairs)
    {
        var ends = new Task[pairs];
        var pings = new IActorRef[pairs];
        for (var i = 0; i < pairs; i++)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ends[i] = done.Task;
            var pong = system.ActorOf(Props.Create(() => new Echo()));
            pings[i] = system.ActorOf(Props.Create(() => new Ping(pong, MessagesPerPair / 2, done)));
        }

        var startedAt = Stopwatch.GetTimestamp();
        foreach (var ping in pings) ping.Tell(Start.Instance);
        await Task.WhenAll(ends);
        return Report.PerSecond((long)MessagesPerPair * pairs, startedAt);
    }

    private sealed class Start
    {
        internal static readonly Start Instance = new();
    }

    private sealed class Message
    {
        internal static readonly Message Instance = new();
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }

    private sealed class Ping(IActorRef pong, int trips, TaskCompletionSource done) : UntypedActor
    {
        private int _sent;
        private int _received;

        protected override void OnReceive(object message)
        {
            if (message is Start)
            {
                for (var i = 0; i < InFlight; i++) Send();
                return;
            }

            if (++_received == trips)
            {
                done.SetResult();
                Context.Stop(pong);
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
            pong.Tell(Message.Instance, Self);
        }
    }
}
