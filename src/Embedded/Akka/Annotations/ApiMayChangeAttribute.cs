namespace Akka.Annotations;

/// <summary>The API may change in any release.</summary>
[AttributeUsage(AttributeTargets.All, Inherited = false)]
public sealed class ApiMayChangeAttribute : Attribute;
