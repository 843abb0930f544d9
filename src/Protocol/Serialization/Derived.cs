using System.Text.Json.Serialization.Metadata;
using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>Which kinds the abstract records have, by the names that stand in JSON. A name is for ever.</summary>
internal static class Derived
{
    private static readonly Dictionary<Type, (Type Type, string Name)[]> Kinds = new()
    {
        [typeof(Operation)] =
        [
            (typeof(Operation.Launch), "launch"), (typeof(Operation.LaunchGroup), "group"), (typeof(Operation.Reserve), "reserve"),
            (typeof(Operation.Unreserve), "unreserve"), (typeof(Operation.Create), "create"), (typeof(Operation.Destroy), "destroy"),
            (typeof(Operation.GrowVolume), "grow"), (typeof(Operation.ShrinkVolume), "shrink"),
        ],
        [typeof(OfferOperation)] =
        [
            (typeof(OfferOperation.Launch), "launch"), (typeof(OfferOperation.LaunchGroup), "group"), (typeof(OfferOperation.Convert), "convert"),
        ],
        [typeof(HealthProbe)] =
        [
            (typeof(HealthProbe.Command), "command"), (typeof(HealthProbe.Http), "http"), (typeof(HealthProbe.Tcp), "tcp"),
        ],
        [typeof(AgentDecision)] =
        [
            (typeof(AgentDecision.Operate), "operate"), (typeof(AgentDecision.Drain), "drain"), (typeof(AgentDecision.Reactivate), "reactivate"),
        ],
    };

    public static void Add(JsonTypeInfo type)
    {
        if (!Kinds.TryGetValue(type.Type, out (Type Type, string Name)[]? kinds))
            return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "$" };
        foreach ((Type kind, string name) in kinds)
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind, name));
    }
}
