using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Explain;

/// <summary>A task as far as placement is concerned.</summary>
/// <param name="Size">Scalars that it takes.</param>
/// <param name="Ports">Number of ports that it takes.</param>
/// <param name="Constraints">What it demands of agents, beside the framework's own constraints.</param>
public sealed record Need(Quantities Size, int Ports = 0, OfferConstraints? Constraints = null);
