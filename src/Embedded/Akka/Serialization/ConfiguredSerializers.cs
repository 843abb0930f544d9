using System.Reflection;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Serialization;

/// <summary>
/// Makes the serializers that the configuration names and binds their types. What cannot be found is logged with its key, and
/// the rest works.
/// </summary>
internal static class ConfiguredSerializers
{
    private const string Serializers = "akka.actor.serializers";
    private const string Bindings = "akka.actor.serialization-bindings";
    private const string SettingsOf = "akka.actor.serialization-settings";

    public static void Load(ExtendedActorSystem system, SerializerRegistry registry)
    {
        var config = system.Settings.Config;
        foreach (var (name, value) in config.GetConfig(Serializers)?.AsEnumerable() ?? [])
        {
            if (Type.GetType(value.GetString() ?? "", throwOnError: false) is not { } type)
            {
                system.Log.Warning("The type of serializer '{0}' at {1} cannot be found: {2}", name, Serializers, value.GetString());
                continue;
            }

            registry.Add(name, Make(type, system, config.GetConfig($"{SettingsOf}.\"{name}\"")));
        }

        foreach (var (typeName, value) in config.GetConfig(Bindings)?.AsEnumerable() ?? [])
        {
            if (Type.GetType(typeName, throwOnError: false) is not { } type)
            {
                system.Log.Warning("The message type '{0}' at {1} cannot be found; its binding to '{2}' is ignored", typeName, Bindings, value.GetString());
            }
            else if (registry.ByName(value.GetString() ?? "") is { } serializer)
            {
                registry.Bind(type, serializer);
            }
            else
            {
                system.Log.Warning("{0} binds '{1}' to the serializer '{2}', which {3} does not have", Bindings, typeName, value.GetString(), Serializers);
            }
        }

        if (system.Settings.Setup.Get<SerializationSetup>() is { HasValue: true } setup)
        {
            foreach (var details in setup.Value.CreateSerializers(system))
            {
                registry.Add(details.Alias, details.Serializer);
                foreach (var type in details.UseFor)
                {
                    registry.Bind(type, details.Serializer);
                }
            }
        }
    }

    private static Serializer Make(Type type, ExtendedActorSystem system, Config? settings)
    {
        var takesSettings = type.GetConstructor([typeof(ExtendedActorSystem), typeof(Config)]) is not null;
        object[] arguments = takesSettings && !settings.IsNullOrEmpty() ? [system, settings!] : [system];
        try
        {
            return (Serializer)Activator.CreateInstance(type, arguments)!;
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            throw new ConfigurationException($"The serializer {type} failed to start: {e.InnerException.Message}", e.InnerException);
        }
    }
}
