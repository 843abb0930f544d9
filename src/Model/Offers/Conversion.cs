namespace ActorScheduler.Model;

/// <summary>What an operation turns into what. Amounts by name are the same on both sides.</summary>
/// <param name="Consumed">Taken away.</param>
/// <param name="Converted">Put in its place.</param>
public sealed record Conversion(Resources Consumed, Resources Converted);
