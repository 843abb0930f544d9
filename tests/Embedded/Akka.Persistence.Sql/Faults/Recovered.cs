using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence.Sql.Specs.Faults;

/// <summary>What an actor recovers in a system of its own: its events, or why it could not.</summary>
internal sealed record Recovered(List<string> Events, string? Failure)
{
    internal static async Task<Dictionary<string, Recovered>> Read(string config, IEnumerable<string> ids)
    {
        using var system = ActorSystem.Create("recovered", ConfigurationFactory.ParseString(config));
        var found = new Dictionary<string, Recovered>();
        foreach (var id in ids)
        {
            var done = new TaskCompletionSource<Recovered>();
            system.ActorOf(Props.Create(() => new Reader(id, done)));
            found[id] = await done.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        await system.Terminate();
        return found;
    }

    /// <summary>Every acknowledged event is there, in order, and none twice.</summary>
    internal void HoldsAtLeast(string id, long acknowledged)
    {
        Assert.Null(Failure);
        Assert.True(Events.Count >= acknowledged, $"{id}: {acknowledged} events were acknowledged, {Events.Count} recovered");
        for (var n = 0; n < Events.Count; n++) Assert.Equal($"{n + 1}", Events[n]);
    }

    private sealed class Reader : ReceivePersistentActor
    {
        private readonly TaskCompletionSource<Recovered> _done;

        public Reader(string id, TaskCompletionSource<Recovered> done)
        {
            PersistenceId = id;
            _done = done;
            var events = new List<string>();
            Recover<string>(events.Add);
            Recover<RecoveryCompleted>(_ => done.TrySetResult(new Recovered(events, null)));
        }

        public override string PersistenceId { get; }

        protected override void OnRecoveryFailure(Exception reason, object? message = null) => _done.TrySetResult(new Recovered([], reason.Message));
    }
}
