using Akka.Actor;

namespace Akka.Persistence.Sql.Db;

/// <summary>The database could not do what it was asked for, or what it holds cannot be read; the message says what and why.</summary>
internal sealed class SqlStoreException(string message, Exception? cause = null) : AkkaException(message, cause);
