namespace Akka.Annotations;

/// <summary>For the engine's own extensions; it does not change within a major version.</summary>
[AttributeUsage(AttributeTargets.All, Inherited = false)]
public sealed class InternalStableApiAttribute : Attribute;
