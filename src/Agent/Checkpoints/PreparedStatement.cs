using Microsoft.Data.Sqlite;

namespace ActorScheduler.Agent.Checkpoints;

/// <summary>A statement that is read by SQLite once and run many times. Its parameters are <c>$1</c>, <c>$2</c> and so on.</summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly SqliteParameter[] _parameters;

    public PreparedStatement(SqliteConnection connection, string text, int parameters)
    {
        _command = new SqliteCommand(text, connection);
        _parameters = [.. Enumerable.Range(1, parameters).Select(static number => new SqliteParameter { ParameterName = $"${number}" })];
        _command.Parameters.AddRange(_parameters);
    }

    /// <summary>Runs it with a value for each parameter.</summary>
    public void Run(SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        _command.Transaction = transaction;
        for (int i = 0; i < _parameters.Length; i++)
            _parameters[i].Value = values[i];
        _command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose() => _command.Dispose();
}
