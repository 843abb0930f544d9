using Akka.Actor;

namespace Akka.Serialization;

/// <summary>For whom something is being serialized: the address at which the peer finds <see cref="System" />.</summary>
public sealed class Information : IEquatable<Information>
{
    public Information(Address address, ActorSystem system)
    {
        Address = address;
        System = system;
    }

    public Address Address { get; }

    public ActorSystem System { get; }

    public bool Equals(Information? other) => other is not null && Equals(Address, other.Address) && Equals(System, other.System);

    public override bool Equals(object? obj) => Equals(obj as Information);

    public override int GetHashCode() => HashCode.Combine(Address, System);
}
