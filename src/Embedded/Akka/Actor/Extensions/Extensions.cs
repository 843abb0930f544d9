using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Akka.Actor;

/// <summary>The extensions of one system. Each is made once, by whoever asks first; the others wait for it.</summary>
internal sealed class Extensions(ExtendedActorSystem system)
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _byType = new();

    internal object Register(IExtensionId id)
    {
        var made = _byType.GetOrAdd(id.ExtensionType, static (type, made) => new Lazy<object>(() => Make(made.id, made.system)), (id, system));
        try
        {
            return made.Value;
        }
        catch (Exception failure)
        {
            // A failed extension may be tried again.
            _byType.TryRemove(new KeyValuePair<Type, Lazy<object>>(id.ExtensionType, made));
            ExceptionDispatchInfo.Throw(failure);
            throw;
        }
    }

    internal bool TryGet(Type type, [NotNullWhen(true)] out object? extension)
    {
        extension = _byType.TryGetValue(type, out var made) ? made.Value : null;
        return extension is not null;
    }

    internal bool Has(Type type) => _byType.ContainsKey(type);

    private static object Make(IExtensionId id, ExtendedActorSystem system)
    {
        var extension = id.CreateExtension(system);
        return extension ?? throw new InvalidOperationException($"Extension instance created as 'null' for extension [{id}]");
    }
}
