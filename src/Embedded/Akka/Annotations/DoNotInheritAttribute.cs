namespace Akka.Annotations;

/// <summary>User code should not extend or implement this.</summary>
[AttributeUsage(AttributeTargets.All, Inherited = false)]
public sealed class DoNotInheritAttribute : Attribute;
