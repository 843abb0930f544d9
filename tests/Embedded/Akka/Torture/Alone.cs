namespace Akka.Specs.Torture;

/// <summary>Runs when no other test does, since it measures the process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
