namespace Akka.Annotations;

/// <summary>For the engine itself, not for user code.</summary>
[AttributeUsage(AttributeTargets.All, Inherited = false)]
public sealed class InternalApiAttribute : Attribute;
