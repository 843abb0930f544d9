using System.Diagnostics;

namespace Docker.DotNet.Specs.Fake;

/// <summary>Waits for what another thread is about to bring about, and says what it was when it does not come.</summary>
public static class Until
{
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"Waited in vain for: {what}");
            await beat.WaitForNextTickAsync();
        }
    }
}
