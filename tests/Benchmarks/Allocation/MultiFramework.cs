using ActorScheduler.Allocation;
using ActorScheduler.Model;

namespace ActorScheduler.Benchmarks.Allocation;

/// <summary>
/// Mesos's MultiFrameworkAllocations: 80 agents, 4 "Marathons" of 4,000 tasks, 500 "Jenkinses" of 5 and 50 "Sparks" of 20, which is
/// 19,500 tasks that never end. Counts rounds and offers until all run. Mesos gives it 30 s.
/// </summary>
internal static class MultiFramework
{
    private sealed class Profile(string role, Resources task, int tasks, int perOffer)
    {
        public readonly string Role = role;
        public readonly Resources Task = task;
        public readonly int PerOffer = perOffer;
        public int Left = tasks;
    }

    public static void Run(Measure measure)
    {
        Run(measure, "multi-framework.whole-offers", sized: false);
        Run(measure, "multi-framework.sized-offers", sized: true);
    }

    private static void Run(Measure measure, string name, bool sized)
    {
        var cluster = new Cluster(new AllocationOptions());
        var profiles = new Dictionary<FrameworkId, Profile>();
        for (int i = 0; i < 554; i++)
        {
            profiles.Add(Cluster.Framework(i), i < 4 ? new Profile("marathon", Resources.Of(0.07, 400), 4000, 100)
                : i < 504 ? new Profile("jenkins", Resources.Of(0.1, 4000), 5, 1)
                : new Profile("spark", Resources.Of(1, 1000), 20, 5));
        }
        double seconds = Measure.Seconds(() =>
        {
            foreach ((FrameworkId id, Profile profile) in profiles)
                Cluster.Must(cluster.Allocator.AddFramework(new FrameworkProfile(id, [profile.Role]), cluster.Now));
            cluster.AddAgents(80, _ => Resources.Of(64, 488_000));
            int rounds = 0, offered = 0, task = 0, left = 19_500, slowest = 0;
            if (sized)
            {
                foreach ((FrameworkId id, Profile profile) in profiles)
                    Request(id, profile);
            }
            for (; left > 0 && rounds < 10_000; rounds++)
            {
                List<Offer> offers = cluster.Allocate();
                offered += offers.Count;
                slowest = Math.Max(slowest, offers.Count);
                foreach (Offer offer in offers)
                {
                    Profile profile = profiles[offer.FrameworkId];
                    var tasks = new List<TaskSketch>();
                    for (Resources rest = offer.Resources; tasks.Count < Math.Min(profile.PerOffer, profile.Left) && rest.TrySubtract(profile.Task, out rest);)
                        tasks.Add(new TaskSketch(new TaskId($"t{task++}"), profile.Task));
                    profile.Left -= tasks.Count;
                    left -= tasks.Count;
                    AcceptOutcome outcome = cluster.Allocator.Accept(
                        offer.FrameworkId, [offer.Id], [new Operation.Launch(tasks)], TimeSpan.Zero, cluster.Now);
                    if (outcome.Refusal is not null || outcome.RefusedTasks.Count > 0)
                        throw new InvalidOperationException("a launch was refused");
                    if (profile.Left == 0)
                        Cluster.Must(cluster.Allocator.Suppress(offer.FrameworkId, [], cluster.Now));
                    else if (sized)
                        Request(offer.FrameworkId, profile);
                }
                cluster.Now += TimeSpan.FromMilliseconds(100);
            }
            if (left > 0)
                throw new InvalidOperationException($"{left} tasks were never launched");
            measure.Report($"{name}.rounds", rounds, "rounds");
            measure.Report($"{name}.offers", offered, "offers");
        });
        measure.Report($"{name}.total", seconds, "s");
        measure.Report($"{name}.launches", 19_500 / seconds, "tasks/s");

        void Request(FrameworkId id, Profile profile) => Cluster.Must(cluster.Allocator.Request(
            id, profile.Role, [new RequestedSize(profile.Task.Quantities, Math.Min(profile.PerOffer, profile.Left))], cluster.Now));
    }
}
