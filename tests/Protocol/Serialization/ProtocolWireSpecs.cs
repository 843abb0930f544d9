namespace ActorScheduler.Protocol.Specs.Serialization;

public sealed class ProtocolWireSpecs() : WireSuite(
    typeof(IProtocolMessage), "tests/Protocol/Serialization/protocol.hex", "tests/Protocol/Serialization/enumerations.txt", ProtocolConfig.Default);
