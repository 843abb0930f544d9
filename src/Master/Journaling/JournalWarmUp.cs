using LinqToDB;
using LinqToDB.Data;
using LinqToDB.Mapping;

namespace ActorScheduler.Master.Journaling;

/// <summary>
/// Translates one question beside the start of the actor system, without asking it: the first translation costs a third of a second,
/// which a node's start would else wait for when the first actor recovers.
/// </summary>
internal static class JournalWarmUp
{
    /// <summary>Begins, and does not wait.</summary>
    /// <param name="provider">Name of the database as the journal's plugin knows it.</param>
    /// <param name="connectionString">How it would be reached.</param>
    internal static void Begin(string provider, string connectionString) => _ = Task.Run(() =>
    {
        using var connection = new DataConnection(new DataOptions().UseConnectionString(provider, connectionString));
        return connection.GetTable<Row>().Where(static row => row.Name == "" && row.Number <= 1).OrderByDescending(static row => row.Number).Take(1).ToSqlQuery().Sql;
    });

    [Table("asched_journal")]
    private sealed class Row
    {
        [Column]
        public string? Name { get; set; }

        [Column]
        public long Number { get; set; }
    }
}
