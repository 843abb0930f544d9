using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.Specs.Torture;

/// <summary>
/// Many messages through restarts, stops, stashes, watches, timers and asynchronous handlers at random. TORTURE_SEED
/// repeats what a run sent (though not how it was interleaved), TORTURE_MESSAGES says how many messages.
/// </summary>
[Collection(nameof(Alone))]
public class TortureSpecs(ITestOutputHelper output) : Akka.TestKit.Xunit2.TestKit(Quiet)
{
    private const int Senders = 8;
    private const int Supervisors = 4;
    private const int SlotCount = 32;

    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off, loggers = [] }");

    private readonly int _seed = Setting("TORTURE_SEED", Random.Shared.Next());
    private readonly int _messages = Setting("TORTURE_MESSAGES", 200_000);

    [Fact]
    public void Each_message_ends_once_and_nothing_is_left_behind()
    {
        output.WriteLine($"TORTURE_SEED={_seed} TORTURE_MESSAGES={_messages}");
        // The first round warms up; what it leaves behind, the second must not add to.
        Round(_messages / 10, _seed + 1);
        var before = Footprint();
        var dead = Round(_messages, _seed);
        var after = Footprint();

        output.WriteLine($"before {before}, after {after}, targets that ended {dead}");
        Assert.InRange(after.Threads, 0, before.Threads + 8);
        Assert.InRange(after.Bytes, 0, before.Bytes + (8 << 20));
    }

    private (int Held, int All) Round(int messages, int seed)
    {
        var ledger = new Ledger(messages / Senders * Senders);
        var slots = new Slots(SlotCount);
        var collector = Sys.ActorOf(Props.Create(() => new DeadLetterCollector(ledger)));
        Sys.EventStream.Subscribe(collector, typeof(DeadLetter));
        var top = Sys.ActorOf(Props.Create(() => new Top(ledger, slots)));
        AwaitCondition(() => slots[SlotCount - 1] is not null);
        var senders = Enumerable.Range(0, Senders)
            .Select(n => Sys.ActorOf(SenderActor.Props(n, Senders, messages / Senders, seed * 31 + n, slots, ledger))).ToArray();
        var clock = Stopwatch.StartNew();

        foreach (var sender in senders) sender.Tell("send");

        AwaitCondition(() => ledger.IsComplete || !ledger.Violations.IsEmpty, TimeSpan.FromSeconds(120), TimeSpan.FromMilliseconds(20),
            $"Each message should have been handled or become a dead letter, seed {seed}; ended: {ledger.Ended}");
        output.WriteLine($"{messages} messages in {clock.Elapsed}: {ledger.Handled} handled, {ledger.DeadLetters} dead letters");
        AwaitAssert(() =>
        {
            Collect();
            var (held, all) = ledger.DeadTargets();
            Assert.True(held <= all / 10 + 2 * SlotCount, $"{held} of {all} targets that ended are still held by somebody");
        });
        foreach (var sender in senders)
        {
            // What a sender still watches is alive, once all has come to rest.
            AwaitAssert(() =>
            {
                sender.Tell("untold?");
                ExpectMsg(0);
            });
        }

        StopAll([.. senders, top, collector]);
        Assert.True(ledger.Violations.IsEmpty, $"seed {seed}: {string.Join(Environment.NewLine, ledger.Violations)}");
        return ledger.DeadTargets();
    }

    private void StopAll(IActorRef[] actors)
    {
        foreach (var actor in actors)
        {
            Watch(actor);
            Sys.Stop(actor);
            ExpectTerminated(actor);
        }

        // Else the last message would hold the last actor, and that all it knew.
        TestActor.Tell("end");
        ExpectMsg("end");
    }

    private static (int Threads, long Bytes) Footprint()
    {
        Collect();
        using var process = Process.GetCurrentProcess();
        // The runtime's pool grows and shrinks by its own rules.
        return (process.Threads.Count - ThreadPool.ThreadCount, GC.GetTotalMemory(forceFullCollection: true));
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static int Setting(string name, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : standard;

    private sealed class Top : UntypedActor
    {
        public Top(Ledger ledger, Slots slots)
        {
            const int Share = SlotCount / Supervisors;
            for (var i = 0; i < Supervisors; i++)
            {
                var (own, allForOne) = (new Range(i * Share, (i + 1) * Share), i % 2 == 1);
                var watched = new HashSet<IActorRef>();
                Context.ActorOf(Props.Create(() => new SlotsSupervisor(watched, ledger, slots, own, Senders, allForOne)), $"slots-{i}");
            }
        }

        protected override void OnReceive(object message) => Unhandled(message);

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(-1, -1, _ => Directive.Restart, loggingEnabled: false);
    }

    private sealed class DeadLetterCollector : ReceiveActor
    {
        public DeadLetterCollector(Ledger ledger)
        {
            Receive<DeadLetter>(letter => letter.Message is Work, letter => ledger.DeadOnce((Work)letter.Message));
            ReceiveAny(_ => { });
        }
    }
}
