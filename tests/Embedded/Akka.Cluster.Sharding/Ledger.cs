using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Cluster.Sharding.Specs;

/// <summary>Where all nodes of a spec note what their entities got, and how many live with one id.</summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<int>> _numbers = new();
    private readonly ConcurrentDictionary<string, int> _living = new();

    /// <summary>Ids of which more than one entity lived at a time.</summary>
    public ConcurrentQueue<string> Twins { get; } = new();

    public int[] NumbersOf(string id) => [.. _numbers.GetValueOrDefault(id) ?? []];

    public Props Entity(string id) => Props.Create(() => new Scribe(id, this));

    private void Note(string id, int number) => _numbers.GetOrAdd(id, _ => new ConcurrentQueue<int>()).Enqueue(number);

    private void Begins(string id)
    {
        if (_living.AddOrUpdate(id, 1, (_, count) => count + 1) > 1) Twins.Enqueue(id);
    }

    private void Ends(string id) => _living.AddOrUpdate(id, 0, (_, count) => count - 1);

    private sealed class Scribe : ReceiveActor
    {
        private readonly string _id;
        private readonly Ledger _ledger;

        public Scribe(string id, Ledger ledger)
        {
            _id = id;
            _ledger = ledger;
            Receive<Add>(add =>
            {
                ledger.Note(id, add.Number);
                Sender.Tell(add.Number);
            });
            Receive<WhereAreYou>(_ => Sender.Tell(new Here(Self.Path.ToStringWithoutAddress(), Cluster.Get(Context.System).SelfAddress.ToString())));
            Receive<Leave>(_ => Context.Parent.Tell(new Passivate(PoisonPill.Instance)));
        }

        protected override void PreStart() => _ledger.Begins(_id);

        protected override void PostStop() => _ledger.Ends(_id);
    }
}
