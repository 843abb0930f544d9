using System.Reflection;

namespace Akka.Actor;

/// <summary>Finds the constructor of an actor's class that fits some arguments, and calls it fast.</summary>
internal sealed class ActorConstructor
{
    private readonly ConstructorInvoker? _invoker;
    private readonly Type _type;

    private ActorConstructor(Type type, ConstructorInvoker? invoker)
    {
        _type = type;
        _invoker = invoker;
    }

    /// <exception cref="MissingMethodException">No constructor takes these arguments.</exception>
    internal static ActorConstructor For(Type type, object?[] arguments)
    {
        if (type.IsAbstract) throw new MissingMethodException($"[{type.FullName}] is abstract and cannot be made");
        var constructors = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        var fitting = Array.FindAll(constructors, c => Fits(c.GetParameters(), arguments));
        if (fitting.Length == 1) return new ActorConstructor(type, ConstructorInvoker.Create(fitting[0]));
        if (fitting.Length == 0 && !constructors.Any(c => c.GetParameters().Length >= arguments.Length))
            throw new MissingMethodException($"[{type.FullName}] has no constructor that takes ({Describe(arguments)})");
        // Several fit, or optional parameters are left out: the runtime's own rules choose.
        return new ActorConstructor(type, null);
    }

    internal ActorBase Construct(object?[] arguments)
    {
        if (_invoker is null)
            return (ActorBase)Activator.CreateInstance(
                _type,
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.CreateInstance | BindingFlags.OptionalParamBinding |
                BindingFlags.DoNotWrapExceptions,
                null, arguments, null)!;
        return (ActorBase)(arguments.Length == 0 ? _invoker.Invoke() : _invoker.Invoke(arguments.AsSpan()));
    }

    private static bool Fits(ParameterInfo[] parameters, object?[] arguments)
    {
        if (parameters.Length != arguments.Length) return false;
        for (var i = 0; i < parameters.Length; i++)
        {
            var type = parameters[i].ParameterType;
            if (arguments[i] is null ? type.IsValueType && Nullable.GetUnderlyingType(type) is null : !type.IsInstanceOfType(arguments[i])) return false;
        }

        return true;
    }

    private static string Describe(object?[] arguments) => string.Join(", ", arguments.Select(a => a?.GetType().Name ?? "null"));
}
