namespace Akka.Remote.Wire;

/// <summary>
/// Paths and manifests that a connection has carried: the first time with a number, from then on by the number alone.
/// Bounded; names beyond the bound are written out each time.
/// </summary>
internal sealed class SentNames<T>
    where T : notnull
{
    private const int Most = 8192;

    private readonly Dictionary<T, int> _numbers = [];

    internal void Write(WireWriter writer, T key, Func<T, string> text)
    {
        if (_numbers.TryGetValue(key, out var number))
        {
            writer.Number(number);
        }
        else if (_numbers.Count < Most)
        {
            _numbers[key] = _numbers.Count + 1;
            writer.Number(-_numbers.Count).Text(text(key));
        }
        else
        {
            writer.Number(0).Text(text(key));
        }
    }
}

/// <summary>The other end of <see cref="SentNames{T}"/>.</summary>
internal sealed class ReceivedNames
{
    private const int Most = 8192;

    private readonly List<string> _names = [];

    internal string Read(ref WireReader reader)
    {
        var number = reader.Int32();
        if (number == 0) return reader.Text();
        if (number > 0)
            return number <= _names.Count ? _names[number - 1] : throw new InvalidDataException($"The name with the number {number} was never given");
        if (-number != _names.Count + 1 || _names.Count >= Most) throw new InvalidDataException($"A name came with the number {-number} instead of {_names.Count + 1}");
        var name = reader.Text();
        _names.Add(name);
        return name;
    }
}
