namespace ActorScheduler.Benchmarks.Docker;

/// <summary>One round: how many a second, and how many milliseconds each took.</summary>
internal sealed record Round(double PerSecond, IReadOnlyList<double> Milliseconds);
