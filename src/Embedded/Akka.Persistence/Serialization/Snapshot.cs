namespace Akka.Persistence.Serialization;

/// <summary>Wraps a snapshot, so that it is written together with the serializer and manifest that read it.</summary>
public class Snapshot(object data)
{
    public object Data { get; } = data;

    public override bool Equals(object? obj) => obj is Snapshot other && Equals(other.Data, Data);

    public override int GetHashCode() => Data?.GetHashCode() ?? 0;
}
