using System.Globalization;

namespace ActorScheduler.Allocation.Specs.Properties;

/// <summary>
/// Seeded random operations against the reference model. The normal suite runs some tens of thousands; set
/// ALLOCATION_PROPERTY_OPERATIONS for more, ALLOCATION_PROPERTY_SEED to start from another seed. A failure names its seed.
/// </summary>
public sealed class RandomOperationsSpecs
{
    private const int StepsPerSeed = 500;

    private static int Setting(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : fallback;

    [Fact]
    public void The_allocator_agrees_with_the_reference_model_after_every_operation() =>
        Assert.True(Run(gathering: false, Setting("ALLOCATION_PROPERTY_OPERATIONS", 20_000)).Offers > 500);

    [Fact]
    public void The_books_are_right_while_room_is_gathered_and_tasks_are_displaced()
    {
        (int offers, int preempted) = Run(gathering: true, Setting("ALLOCATION_PROPERTY_OPERATIONS", 20_000));
        Assert.True(offers > 500 && preempted > 0, $"{offers} offers and {preempted} preemptions say little");
    }

    private static (int Offers, int Preempted) Run(bool gathering, int operations)
    {
        int seeds = Math.Max(1, operations / StepsPerSeed);
        int first = Setting("ALLOCATION_PROPERTY_SEED", 1);
        int offers = 0, preempted = 0;
        for (int seed = first; seed < first + seeds; seed++)
        {
            var run = new RandomRun(seed, gathering);
            int step = 0;
            try
            {
                for (; step < StepsPerSeed; step++)
                    run.Step();
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Seed {seed}, step {step}: {error.Message}", error);
            }
            offers += run.Offers;
            preempted += run.Preempted;
        }
        return (offers, preempted);
    }

    [Fact]
    public void The_same_seed_makes_the_same_decisions()
    {
        Assert.Equal(Log(), Log());

        static IReadOnlyList<string> Log()
        {
            var run = new RandomRun(77);
            for (int step = 0; step < 300; step++)
                run.Step();
            return run.Log;
        }
    }
}
