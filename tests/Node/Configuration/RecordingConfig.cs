using Akka.Configuration;

namespace ActorScheduler.Node.Specs.Configuration;

/// <summary>A configuration that notes which keys are read.</summary>
internal sealed class RecordingConfig(Config inner) : Config
{
    internal SortedSet<string> Read { get; } = new(StringComparer.Ordinal);

    public override bool HasPath(string path) => inner.HasPath(path);

    public override bool GetBoolean(string path, bool @default = false) => Note(path).GetBoolean(path, @default);

    public override int GetInt(string path, int @default = 0) => Note(path).GetInt(path, @default);

    public override long GetLong(string path, long @default = 0) => Note(path).GetLong(path, @default);

    public override double GetDouble(string path, double @default = 0) => Note(path).GetDouble(path, @default);

    public override string GetString(string path, string? @default = null) => Note(path).GetString(path, @default!);

    public override long? GetByteSize(string path) => Note(path).GetByteSize(path);

    public override TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) => Note(path).GetTimeSpan(path, @default, allowInfinite);

    public override IList<string> GetStringList(string path) => Note(path).GetStringList(path);

    private Config Note(string path)
    {
        Read.Add(path);
        return inner;
    }
}
