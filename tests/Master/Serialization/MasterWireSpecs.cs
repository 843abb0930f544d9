using ActorScheduler.Protocol.Specs.Serialization;

namespace ActorScheduler.Master.Specs.Serialization;

public sealed class MasterWireSpecs() : WireSuite(
    typeof(IMasterEvent), "tests/Master/Serialization/facts.hex", "tests/Master/Serialization/enumerations.txt",
    MasterRole.Config);
