namespace Akka.Actor;

/// <summary>Sends messages and Props through their serializers inside one node, when serialize-messages or -creators asks for it.</summary>
internal static class SerializationCheck
{
    internal static Envelope Pass(ActorSystem system, Envelope envelope)
    {
        var inner = WrappedMessage.Unwrap(envelope.Message);
        if (inner is INoSerializationVerificationNeeded) return envelope;
        var copy = RoundTrip(system, inner);
        return envelope.Message is IWrappedMessage ? envelope : new Envelope(copy, envelope.Sender);
    }

    internal static void Pass(ActorSystem system, Props props)
    {
        foreach (var argument in props.Arguments)
            if (argument is not null and not INoSerializationVerificationNeeded)
                RoundTrip(system, argument);
    }

    private static object RoundTrip(ActorSystem system, object value)
    {
        var serialization = system.Serialization;
        var serializer = serialization.FindSerializerFor(value);
        var bytes = serializer.ToBinary(value);
        var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, value);
        return serialization.Deserialize(bytes, serializer.Identifier, manifest);
    }
}
