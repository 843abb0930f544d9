using Akka.Actor;

namespace Akka.Cluster.Sharding.Specs;

/// <summary>Senders of rising numbers, and the proof that each arrived, once and in order.</summary>
public static class NumberedTraffic
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Sends to an entity of its own in each shard, a few ahead of the last answer; gives how many it sent to each.</summary>
    /// <param name="region">By way of which.</param>
    /// <param name="sender">Tells senders apart.</param>
    /// <param name="shards">How many shards.</param>
    /// <param name="stop">Ends it, once all that was sent is answered.</param>
    /// <param name="passivates">Lets entities passivate all the time.</param>
    public static async Task<(int Sender, int Count)> Send(IActorRef region, int sender, int shards, CancellationToken stop, bool passivates = false)
    {
        using var inbox = Inbox.Create(((ActorRefWithCell)region).Underlying.System);
        var (number, answers) = (0, 0);
        while (!stop.IsCancellationRequested)
        {
            foreach (var shard in Enumerable.Range(0, shards))
            {
                region.Tell(new Add($"{shard}-{sender}", number), inbox.Receiver);
                if (passivates && (number + shard) % 7 == 0) region.Tell(new Leave($"{shard}-{sender}"), inbox.Receiver);
            }

            number++;
            for (; answers < (number - 5) * shards; answers++) await inbox.ReceiveAsync(Limit);
        }

        for (; answers < number * shards; answers++) await inbox.ReceiveAsync(Limit);
        return (sender, number);
    }

    public static void AllArrived(Ledger ledger, IEnumerable<(int Sender, int Count)> all, int shards)
    {
        foreach (var (sender, count) in all)
        {
            Assert.True(count > 10, $"Only {count} messages were sent");
            foreach (var shard in Enumerable.Range(0, shards)) Assert.Equal(Enumerable.Range(0, count), ledger.NumbersOf($"{shard}-{sender}"));
        }

        Assert.Empty(ledger.Twins);
    }
}
