namespace Akka.Util;

/// <summary>Makes instances of types that configuration names.</summary>
public static class DynamicAccess
{
    /// <summary>An instance of the type of this assembly-qualified name, or why there is none.</summary>
    public static Try<TResult> CreateInstanceFor<TResult>(string fqcn, params object[] args) =>
        Try<TResult>.From(() => (TResult)Activator.CreateInstance(Type.GetType(fqcn, throwOnError: true)!, args)!);
}
