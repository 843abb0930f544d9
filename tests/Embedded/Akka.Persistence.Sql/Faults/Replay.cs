using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql.Journal;

namespace Akka.Persistence.Sql.Specs.Faults;

/// <summary>
/// Reads databases through the journal plugin by itself, one after another: a thousand times quicker than a system with a
/// persistent actor for each. Answers a file with what an actor would recover from it.
/// </summary>
internal sealed class Replay : ReceiveActor, IWithUnboundedStash
{
    private const string Plugin = "akka.persistence.journal.sql";

    private readonly string _id;
    private readonly Akka.Configuration.Config _config;
    private List<string> _events = [];
    private Recovered? _result;
    private IActorRef _asker = ActorRefs.Nobody;

    public Replay(string id)
    {
        _id = id;
        _config = Context.System.Settings.Config.GetConfig(Plugin);
        Idle();
    }

    public IStash Stash { get; set; } = null!;

    private void Idle() => Receive<string>(file =>
    {
        (_events, _result, _asker) = ([], null, Sender);
        var config = ConfigurationFactory.ParseString($"connection-string = \"Data Source={file}\", parallelism = 1").WithFallback(_config);
        // The name says which section the plugin's settings are in.
        var journal = Context.Watch(Context.ActorOf(Props.Create(() => new SqlWriteJournal(config)), Plugin));
        journal.Tell(new ReplayMessages(0, long.MaxValue, long.MaxValue, _id, Self));
        Become(Reading);
    });

    private void Reading()
    {
        Receive<string>(_ => Stash.Stash());
        Receive<ReplayedMessage>(message => _events.Add((string)message.Persistent.Payload));
        Receive<RecoverySuccess>(_ => End(new Recovered(_events, null)));
        Receive<ReplayMessagesFailure>(failure => End(new Recovered([], failure.Cause.Message)));
        Receive<Terminated>(_ =>
        {
            _asker.Tell(_result ?? new Recovered([], "The journal stopped by itself"));
            Become(Idle);
            Stash.UnstashAll();
        });

        void End(Recovered result)
        {
            _result = result;
            Context.Stop(Context.Child(Plugin));
        }
    }
}
