namespace Akka.Actor;

/// <summary>On the node at an address. Deployment to other nodes is not part of this engine; the value is.</summary>
public class RemoteScope : Scope, IEquatable<RemoteScope>
{
    protected RemoteScope()
    {
        Address = Address.AllSystems;
    }

    public RemoteScope(Address address) => Address = address;

    public Address Address { get; set; }

    public override Scope WithFallback(Scope other) => this;

    public override Scope Copy() => new RemoteScope(Address);

    public bool Equals(RemoteScope? other) => other is not null && Address.Equals(other.Address);

    public override bool Equals(Scope? other) => Equals(other as RemoteScope);

    public override bool Equals(object? obj) => Equals(obj as RemoteScope);

    public override int GetHashCode() => Address.GetHashCode();
}
