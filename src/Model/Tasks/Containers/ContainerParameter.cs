namespace ActorScheduler.Model;

/// <summary>An option of the container engine: <c>--key value</c> of its own command line.</summary>
/// <param name="Key">The option without dashes.</param>
/// <param name="Value">Its value.</param>
public sealed record ContainerParameter(string Key, string Value);
