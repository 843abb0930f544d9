namespace ActorScheduler.Protocol.Serialization;

/// <summary>
/// The types of a protocol with their manifests. A derived class says them in attributes; the rest of it, and how each record is
/// written and read, is made by src/WireGenerator while the compiler runs, so that nothing is looked up or made at start.
/// </summary>
internal abstract class WireTable
{
    private readonly Dictionary<Type, int> _byType;
    private readonly Dictionary<string, int> _byManifest;

    protected WireTable((string Manifest, Type Type)[] entries)
    {
        Entries = entries;
        _byType = new(entries.Length);
        _byManifest = new(entries.Length, StringComparer.Ordinal);
        for (int i = 0; i < entries.Length; i++)
        {
            _byType.Add(entries[i].Type, i);
            _byManifest.Add(entries[i].Manifest, i);
        }
    }

    /// <summary>All of it, by index.</summary>
    public IReadOnlyList<(string Manifest, Type Type)> Entries { get; }

    /// <summary>The index of a type, or -1.</summary>
    public int IndexOf(Type type) => _byType.TryGetValue(type, out int index) ? index : -1;

    /// <summary>The index of a manifest, or -1.</summary>
    public int IndexOf(string manifest) => _byManifest.TryGetValue(manifest, out int index) ? index : -1;

    /// <summary>Writes a value of the type with an index.</summary>
    public abstract void Write(WireWriter writer, int index, object value);

    /// <summary>Reads a value of the type with an index.</summary>
    public abstract object Read(ref WireReader reader, int index);
}
