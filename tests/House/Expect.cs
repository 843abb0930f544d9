namespace ActorScheduler.House.Specs;

/// <summary>Says all that breaks a rule, not just that something does.</summary>
internal static class Expect
{
    internal static void Nothing(IEnumerable<string> breaches)
    {
        var all = breaches.ToList();
        Assert.True(all.Count == 0, $"{all.Count} breaches:{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
    }
}
