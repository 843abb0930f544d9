namespace Akka.Persistence.Serialization;

/// <summary>Marks what <see cref="PersistenceMessageSerializer"/> writes.</summary>
public interface IMessage;
