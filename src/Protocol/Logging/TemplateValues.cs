using System.Collections;
using Akka.Event;

namespace ActorScheduler.Protocol.Logging;

/// <summary>
/// The values of one log message under the names of its placeholders, as structured loggers want them, the template
/// itself under <c>{OriginalFormat}</c>. A placeholder with a number keeps it as its name.
/// </summary>
internal sealed class TemplateValues : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _values;
    private readonly string _text;

    private TemplateValues(string text, KeyValuePair<string, object?>[] values)
    {
        _text = text;
        _values = values;
    }

    public int Count => _values.Length;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    internal static TemplateValues Of(string text) => new(text, [new("{OriginalFormat}", text)]);

    internal static TemplateValues Of(LogMessage message)
    {
        var names = NamesOf(message.Format);
        var parameters = message.Parameters().ToArray();
        var values = new List<KeyValuePair<string, object?>>(parameters.Length + 1);
        for (var i = 0; i < parameters.Length; i++) values.Add(new(i < names.Count ? names[i] : $"{i}", parameters[i]));
        values.Add(new("{OriginalFormat}", message.Format));
        return new TemplateValues(message.ToString()!, [.. values]);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => _text;

    private static List<string> NamesOf(string template)
    {
        var names = new List<string>();
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '{') continue;
            if (i + 1 < template.Length && template[i + 1] == '{')
            {
                i++;
                continue;
            }

            var end = template.IndexOf('}', i);
            if (end < 0) break;
            var name = template[(i + 1)..end];
            var cut = name.AsSpan().IndexOfAny(':', ',');
            names.Add((cut < 0 ? name : name[..cut]).TrimStart('@', '$'));
            i = end;
        }

        return names;
    }
}
